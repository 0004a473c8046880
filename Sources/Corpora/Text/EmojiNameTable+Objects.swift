/// The names of U+1F470 and above. Written by `make_tables.py`.
extension EmojiNameTable {
  static let objects = """
    1f470=person_with_veil 1f470-200d-2640=woman_with_veil 1f470-200d-2642=man_with_veil 1f471=person_blond_hair \
    1f471-200d-2640=woman_blond_hair 1f471-200d-2642=man_blond_hair 1f471-1f3fb=person_light_skin_tone_blond_hair \
    1f471-1f3fb-200d-2640=woman_light_skin_tone_blond_hair 1f471-1f3fb-200d-2642=man_light_skin_tone_blond_hair \
    1f471-1f3fc=person_medium-light_skin_tone_blond_hair \
    1f471-1f3fc-200d-2640=woman_medium-light_skin_tone_blond_hair \
    1f471-1f3fc-200d-2642=man_medium-light_skin_tone_blond_hair 1f471-1f3fd=person_medium_skin_tone_blond_hair \
    1f471-1f3fd-200d-2640=woman_medium_skin_tone_blond_hair 1f471-1f3fd-200d-2642=man_medium_skin_tone_blond_hair \
    1f471-1f3fe=person_medium-dark_skin_tone_blond_hair 1f471-1f3fe-200d-2640=woman_medium-dark_skin_tone_blond_hair \
    1f471-1f3fe-200d-2642=man_medium-dark_skin_tone_blond_hair 1f471-1f3ff=person_dark_skin_tone_blond_hair \
    1f471-1f3ff-200d-2640=woman_dark_skin_tone_blond_hair 1f471-1f3ff-200d-2642=man_dark_skin_tone_blond_hair \
    1f472=person_with_skullcap 1f473=person_wearing_turban 1f473-200d-2640=woman_wearing_turban \
    1f473-200d-2642=man_wearing_turban 1f474=old_man 1f475=old_woman 1f476=baby 1f477=construction_worker \
    1f477-200d-2640=woman_construction_worker 1f477-200d-2642=man_construction_worker 1f478=princess 1f479=ogre \
    1f47a=goblin 1f47b=ghost 1f47c=baby_angel 1f47d=alien 1f47e=alien_monster 1f47f=angry_face_with_horns \
    1f480=skull 1f481=person_tipping_hand 1f481-200d-2640=woman_tipping_hand 1f481-200d-2642=man_tipping_hand \
    1f482=guard 1f482-200d-2640=woman_guard 1f482-200d-2642=man_guard 1f483=woman_dancing 1f484=lipstick \
    1f485=nail_polish 1f486=person_getting_massage 1f486-200d-2640=woman_getting_massage \
    1f486-200d-2642=man_getting_massage 1f487=person_getting_haircut 1f487-200d-2640=woman_getting_haircut \
    1f487-200d-2642=man_getting_haircut 1f488=barber_pole 1f489=syringe 1f48a=pill 1f48b=kiss_mark 1f48c=love_letter \
    1f48d=ring 1f48e=gem_stone 1f48f=kiss 1f490=bouquet 1f491=couple_with_heart 1f492=wedding 1f493=beating_heart \
    1f494=broken_heart 1f495=two_hearts 1f496=sparkling_heart 1f497=growing_heart 1f498=heart_with_arrow \
    1f499=blue_heart 1f49a=green_heart 1f49b=yellow_heart 1f49c=purple_heart 1f49d=heart_with_ribbon \
    1f49e=revolving_hearts 1f49f=heart_decoration 1f4a0=diamond_with_a_dot 1f4a1=light_bulb 1f4a2=anger_symbol \
    1f4a3=bomb 1f4a4=ZZZ 1f4a5=collision 1f4a6=sweat_droplets 1f4a7=droplet 1f4a8=dashing_away 1f4a9=pile_of_poo \
    1f4aa=flexed_biceps 1f4ab=dizzy 1f4ac=speech_balloon 1f4ad=thought_balloon 1f4ae=white_flower \
    1f4af=hundred_points 1f4b0=money_bag 1f4b1=currency_exchange 1f4b2=heavy_dollar_sign 1f4b3=credit_card \
    1f4b4=yen_banknote 1f4b5=dollar_banknote 1f4b6=euro_banknote 1f4b7=pound_banknote 1f4b8=money_with_wings \
    1f4b9=chart_increasing_with_yen 1f4ba=seat 1f4bb=laptop 1f4bc=briefcase 1f4bd=computer_disk 1f4be=floppy_disk \
    1f4bf=optical_disk 1f4c0=dvd 1f4c1=file_folder 1f4c2=open_file_folder 1f4c3=page_with_curl 1f4c4=page_facing_up \
    1f4c5=calendar 1f4c6=tear-off_calendar 1f4c7=card_index 1f4c8=chart_increasing 1f4c9=chart_decreasing \
    1f4ca=bar_chart 1f4cb=clipboard 1f4cc=pushpin 1f4cd=round_pushpin 1f4ce=paperclip 1f4cf=straight_ruler \
    1f4d0=triangular_ruler 1f4d1=bookmark_tabs 1f4d2=ledger 1f4d3=notebook 1f4d4=notebook_with_decorative_cover \
    1f4d5=closed_book 1f4d6=open_book 1f4d7=green_book 1f4d8=blue_book 1f4d9=orange_book 1f4da=books \
    1f4db=name_badge 1f4dc=scroll 1f4dd=memo 1f4de=telephone_receiver 1f4df=pager 1f4e0=fax_machine \
    1f4e1=satellite_antenna 1f4e2=loudspeaker 1f4e3=megaphone 1f4e4=outbox_tray 1f4e5=inbox_tray 1f4e6=package \
    1f4e7=e-mail 1f4e8=incoming_envelope 1f4e9=envelope_with_arrow 1f4ea=closed_mailbox_with_lowered_flag \
    1f4eb=closed_mailbox_with_raised_flag 1f4ec=open_mailbox_with_raised_flag 1f4ed=open_mailbox_with_lowered_flag \
    1f4ee=postbox 1f4ef=postal_horn 1f4f0=newspaper 1f4f1=mobile_phone 1f4f2=mobile_phone_with_arrow \
    1f4f3=vibration_mode 1f4f4=mobile_phone_off 1f4f5=no_mobile_phones 1f4f6=antenna_bars 1f4f7=camera \
    1f4f8=camera_with_flash 1f4f9=video_camera 1f4fa=television 1f4fb=radio 1f4fc=videocassette 1f4fd=film_projector \
    1f4ff=prayer_beads 1f500=shuffle_tracks_button 1f501=repeat_button 1f502=repeat_single_button \
    1f503=clockwise_vertical_arrows 1f504=counterclockwise_arrows_button 1f505=dim_button 1f506=bright_button \
    1f507=muted_speaker 1f508=speaker_low_volume 1f509=speaker_medium_volume 1f50a=speaker_high_volume 1f50b=battery \
    1f50c=electric_plug 1f50d=magnifying_glass_tilted_left 1f50e=magnifying_glass_tilted_right 1f50f=locked_with_pen \
    1f510=locked_with_key 1f511=key 1f512=locked 1f513=unlocked 1f514=bell 1f515=bell_with_slash 1f516=bookmark \
    1f517=link 1f518=radio_button 1f519=BACK_arrow 1f51a=END_arrow 1f51b=ON!_arrow 1f51c=SOON_arrow 1f51d=TOP_arrow \
    1f51e=no_one_under_eighteen 1f51f=keycap_10 1f520=input_latin_uppercase 1f521=input_latin_lowercase \
    1f522=input_numbers 1f523=input_symbols 1f524=input_latin_letters 1f525=fire 1f526=flashlight 1f527=wrench \
    1f528=hammer 1f529=nut_and_bolt 1f52a=kitchen_knife 1f52b=water_pistol 1f52c=microscope 1f52d=telescope \
    1f52e=crystal_ball 1f52f=dotted_six-pointed_star 1f530=Japanese_symbol_for_beginner 1f531=trident_emblem \
    1f532=black_square_button 1f533=white_square_button 1f534=red_circle 1f535=blue_circle \
    1f536=large_orange_diamond 1f537=large_blue_diamond 1f538=small_orange_diamond 1f539=small_blue_diamond \
    1f53a=red_triangle_pointed_up 1f53b=red_triangle_pointed_down 1f53c=upwards_button 1f53d=downwards_button \
    1f549=om 1f54a=dove 1f54b=kaaba 1f54c=mosque 1f54d=synagogue 1f54e=menorah 1f550=one_oclock 1f551=two_oclock \
    1f552=three_oclock 1f553=four_oclock 1f554=five_oclock 1f555=six_oclock 1f556=seven_oclock 1f557=eight_oclock \
    1f558=nine_oclock 1f559=ten_oclock 1f55a=eleven_oclock 1f55b=twelve_oclock 1f55c=one-thirty 1f55d=two-thirty \
    1f55e=three-thirty 1f55f=four-thirty 1f560=five-thirty 1f561=six-thirty 1f562=seven-thirty 1f563=eight-thirty \
    1f564=nine-thirty 1f565=ten-thirty 1f566=eleven-thirty 1f567=twelve-thirty 1f56f=candle 1f570=mantelpiece_clock \
    1f573=hole 1f574=person_in_suit_levitating 1f575=detective 1f575-200d-2640=woman_detective \
    1f575-200d-2642=man_detective 1f576=sunglasses 1f577=spider 1f578=spider_web 1f579=joystick 1f57a=man_dancing \
    1f587=linked_paperclips 1f58a=pen 1f58b=fountain_pen 1f58c=paintbrush 1f58d=crayon \
    1f590=hand_with_fingers_splayed 1f595=middle_finger 1f596=vulcan_salute 1f5a4=black_heart 1f5a5=desktop_computer \
    1f5a8=printer 1f5b1=computer_mouse 1f5b2=trackball 1f5bc=framed_picture 1f5c2=card_index_dividers \
    1f5c3=card_file_box 1f5c4=file_cabinet 1f5d1=wastebasket 1f5d2=spiral_notepad 1f5d3=spiral_calendar 1f5dc=clamp \
    1f5dd=old_key 1f5de=rolled-up_newspaper 1f5e1=dagger 1f5e3=speaking_head 1f5e8=left_speech_bubble \
    1f5ef=right_anger_bubble 1f5f3=ballot_box_with_ballot 1f5fa=world_map 1f5fb=mount_fuji 1f5fc=Tokyo_tower \
    1f5fd=Statue_of_Liberty 1f5fe=map_of_Japan 1f5ff=moai 1f600=grinning_face 1f601=beaming_face_with_smiling_eyes \
    1f602=face_with_tears_of_joy 1f603=grinning_face_with_big_eyes 1f604=grinning_face_with_smiling_eyes \
    1f605=grinning_face_with_sweat 1f606=grinning_squinting_face 1f607=smiling_face_with_halo \
    1f608=smiling_face_with_horns 1f609=winking_face 1f60a=smiling_face_with_smiling_eyes 1f60b=face_savoring_food \
    1f60c=relieved_face 1f60d=smiling_face_with_heart-eyes 1f60e=smiling_face_with_sunglasses 1f60f=smirking_face \
    1f610=neutral_face 1f611=expressionless_face 1f612=unamused_face 1f613=downcast_face_with_sweat \
    1f614=pensive_face 1f615=confused_face 1f616=confounded_face 1f617=kissing_face 1f618=face_blowing_a_kiss \
    1f619=kissing_face_with_smiling_eyes 1f61a=kissing_face_with_closed_eyes 1f61b=face_with_tongue \
    1f61c=winking_face_with_tongue 1f61d=squinting_face_with_tongue 1f61e=disappointed_face 1f61f=worried_face \
    1f620=angry_face 1f621=enraged_face 1f622=crying_face 1f623=persevering_face 1f624=face_with_steam_from_nose \
    1f625=sad_but_relieved_face 1f626=frowning_face_with_open_mouth 1f627=anguished_face 1f628=fearful_face \
    1f629=weary_face 1f62a=sleepy_face 1f62b=tired_face 1f62c=grimacing_face 1f62d=loudly_crying_face \
    1f62e=face_with_open_mouth 1f62e-200d-1f4a8=face_exhaling 1f62f=hushed_face 1f630=anxious_face_with_sweat \
    1f631=face_screaming_in_fear 1f632=astonished_face 1f633=flushed_face 1f634=sleeping_face \
    1f635=face_with_crossed-out_eyes 1f635-200d-1f4ab=face_with_spiral_eyes 1f636=face_without_mouth \
    1f636-200d-1f32b=face_in_clouds 1f637=face_with_medical_mask 1f638=grinning_cat_with_smiling_eyes \
    1f639=cat_with_tears_of_joy 1f63a=grinning_cat 1f63b=smiling_cat_with_heart-eyes 1f63c=cat_with_wry_smile \
    1f63d=kissing_cat 1f63e=pouting_cat 1f63f=crying_cat 1f640=weary_cat 1f641=slightly_frowning_face \
    1f642=slightly_smiling_face 1f642-200d-2194=head_shaking_horizontally 1f642-200d-2195=head_shaking_vertically \
    1f643=upside-down_face 1f644=face_with_rolling_eyes 1f645=person_gesturing_NO 1f645-200d-2640=woman_gesturing_NO \
    1f645-200d-2642=man_gesturing_NO 1f646=person_gesturing_OK 1f646-200d-2640=woman_gesturing_OK \
    1f646-200d-2642=man_gesturing_OK 1f647=person_bowing 1f647-200d-2640=woman_bowing 1f647-200d-2642=man_bowing \
    1f648=see-no-evil_monkey 1f649=hear-no-evil_monkey 1f64a=speak-no-evil_monkey 1f64b=person_raising_hand \
    1f64b-200d-2640=woman_raising_hand 1f64b-200d-2642=man_raising_hand 1f64c=raising_hands 1f64d=person_frowning \
    1f64d-200d-2640=woman_frowning 1f64d-200d-2642=man_frowning 1f64e=person_pouting 1f64e-200d-2640=woman_pouting \
    1f64e-200d-2642=man_pouting 1f64f=folded_hands 1f680=rocket 1f681=helicopter 1f682=locomotive 1f683=railway_car \
    1f684=high-speed_train 1f685=bullet_train 1f686=train 1f687=metro 1f688=light_rail 1f689=station 1f68a=tram \
    1f68b=tram_car 1f68c=bus 1f68d=oncoming_bus 1f68e=trolleybus 1f68f=bus_stop 1f690=minibus 1f691=ambulance \
    1f692=fire_engine 1f693=police_car 1f694=oncoming_police_car 1f695=taxi 1f696=oncoming_taxi 1f697=automobile \
    1f698=oncoming_automobile 1f699=sport_utility_vehicle 1f69a=delivery_truck 1f69b=articulated_lorry 1f69c=tractor \
    1f69d=monorail 1f69e=mountain_railway 1f69f=suspension_railway 1f6a0=mountain_cableway 1f6a1=aerial_tramway \
    1f6a2=ship 1f6a3=person_rowing_boat 1f6a3-200d-2640=woman_rowing_boat 1f6a3-200d-2642=man_rowing_boat \
    1f6a4=speedboat 1f6a5=horizontal_traffic_light 1f6a6=vertical_traffic_light 1f6a7=construction \
    1f6a8=police_car_light 1f6a9=triangular_flag 1f6aa=door 1f6ab=prohibited 1f6ac=cigarette 1f6ad=no_smoking \
    1f6ae=litter_in_bin_sign 1f6af=no_littering 1f6b0=potable_water 1f6b1=non-potable_water 1f6b2=bicycle \
    1f6b3=no_bicycles 1f6b4=person_biking 1f6b4-200d-2640=woman_biking 1f6b4-200d-2642=man_biking \
    1f6b5=person_mountain_biking 1f6b5-200d-2640=woman_mountain_biking 1f6b5-200d-2642=man_mountain_biking \
    1f6b6=person_walking 1f6b6-200d-2640=woman_walking 1f6b6-200d-2640-200d-27a1=woman_walking_facing_right \
    1f6b6-200d-2642=man_walking 1f6b6-200d-2642-200d-27a1=man_walking_facing_right \
    1f6b6-200d-27a1=person_walking_facing_right 1f6b7=no_pedestrians 1f6b8=children_crossing 1f6b9=mens_room \
    1f6ba=womens_room 1f6bb=restroom 1f6bc=baby_symbol 1f6bd=toilet 1f6be=water_closet 1f6bf=shower \
    1f6c0=person_taking_bath 1f6c1=bathtub 1f6c2=passport_control 1f6c3=customs 1f6c4=baggage_claim \
    1f6c5=left_luggage 1f6cb=couch_and_lamp 1f6cc=person_in_bed 1f6cd=shopping_bags 1f6ce=bellhop_bell 1f6cf=bed \
    1f6d0=place_of_worship 1f6d1=stop_sign 1f6d2=shopping_cart 1f6d5=hindu_temple 1f6d6=hut 1f6d7=elevator \
    1f6dc=wireless 1f6dd=playground_slide 1f6de=wheel 1f6df=ring_buoy 1f6e0=hammer_and_wrench 1f6e1=shield \
    1f6e2=oil_drum 1f6e3=motorway 1f6e4=railway_track 1f6e5=motor_boat 1f6e9=small_airplane 1f6eb=airplane_departure \
    1f6ec=airplane_arrival 1f6f0=satellite 1f6f3=passenger_ship 1f6f4=kick_scooter 1f6f5=motor_scooter 1f6f6=canoe \
    1f6f7=sled 1f6f8=flying_saucer 1f6f9=skateboard 1f6fa=auto_rickshaw 1f6fb=pickup_truck 1f6fc=roller_skate \
    1f7e0=orange_circle 1f7e1=yellow_circle 1f7e2=green_circle 1f7e3=purple_circle 1f7e4=brown_circle \
    1f7e5=red_square 1f7e6=blue_square 1f7e7=orange_square 1f7e8=yellow_square 1f7e9=green_square \
    1f7ea=purple_square 1f7eb=brown_square 1f7f0=heavy_equals_sign 1f90c=pinched_fingers 1f90d=white_heart \
    1f90e=brown_heart 1f90f=pinching_hand 1f910=zipper-mouth_face 1f911=money-mouth_face 1f912=face_with_thermometer \
    1f913=nerd_face 1f914=thinking_face 1f915=face_with_head-bandage 1f916=robot 1f917=smiling_face_with_open_hands \
    1f918=sign_of_the_horns 1f919=call_me_hand 1f91a=raised_back_of_hand 1f91b=left-facing_fist \
    1f91c=right-facing_fist 1f91d=handshake 1f91e=crossed_fingers 1f91f=love-you_gesture 1f920=cowboy_hat_face \
    1f921=clown_face 1f922=nauseated_face 1f923=rolling_on_the_floor_laughing 1f924=drooling_face 1f925=lying_face \
    1f926=person_facepalming 1f926-200d-2640=woman_facepalming 1f926-200d-2642=man_facepalming 1f927=sneezing_face \
    1f928=face_with_raised_eyebrow 1f929=star-struck 1f92a=zany_face 1f92b=shushing_face \
    1f92c=face_with_symbols_on_mouth 1f92d=face_with_hand_over_mouth 1f92e=face_vomiting 1f92f=exploding_head \
    1f930=pregnant_woman 1f931=breast-feeding 1f932=palms_up_together 1f933=selfie 1f934=prince \
    1f935=person_in_tuxedo 1f935-200d-2640=woman_in_tuxedo 1f935-200d-2642=man_in_tuxedo 1f936=Mrs._Claus \
    1f937=person_shrugging 1f937-200d-2640=woman_shrugging 1f937-200d-2642=man_shrugging 1f938=person_cartwheeling \
    1f938-200d-2640=woman_cartwheeling 1f938-200d-2642=man_cartwheeling 1f939=person_juggling \
    1f939-200d-2640=woman_juggling 1f939-200d-2642=man_juggling 1f93a=person_fencing 1f93c=people_wrestling \
    1f93c-200d-2640=women_wrestling 1f93c-200d-2642=men_wrestling 1f93d=person_playing_water_polo \
    1f93d-200d-2640=woman_playing_water_polo 1f93d-200d-2642=man_playing_water_polo 1f93e=person_playing_handball \
    1f93e-200d-2640=woman_playing_handball 1f93e-200d-2642=man_playing_handball 1f93f=diving_mask \
    1f940=wilted_flower 1f941=drum 1f942=clinking_glasses 1f943=tumbler_glass 1f944=spoon 1f945=goal_net \
    1f947=1st_place_medal 1f948=2nd_place_medal 1f949=3rd_place_medal 1f94a=boxing_glove 1f94b=martial_arts_uniform \
    1f94c=curling_stone 1f94d=lacrosse 1f94e=softball 1f94f=flying_disc 1f950=croissant 1f951=avocado 1f952=cucumber \
    1f953=bacon 1f954=potato 1f955=carrot 1f956=baguette_bread 1f957=green_salad 1f958=shallow_pan_of_food \
    1f959=stuffed_flatbread 1f95a=egg 1f95b=glass_of_milk 1f95c=peanuts 1f95d=kiwi_fruit 1f95e=pancakes \
    1f95f=dumpling 1f960=fortune_cookie 1f961=takeout_box 1f962=chopsticks 1f963=bowl_with_spoon \
    1f964=cup_with_straw 1f965=coconut 1f966=broccoli 1f967=pie 1f968=pretzel 1f969=cut_of_meat 1f96a=sandwich \
    1f96b=canned_food 1f96c=leafy_green 1f96d=mango 1f96e=moon_cake 1f96f=bagel 1f970=smiling_face_with_hearts \
    1f971=yawning_face 1f972=smiling_face_with_tear 1f973=partying_face 1f974=woozy_face 1f975=hot_face \
    1f976=cold_face 1f977=ninja 1f978=disguised_face 1f979=face_holding_back_tears 1f97a=pleading_face 1f97b=sari \
    1f97c=lab_coat 1f97d=goggles 1f97e=hiking_boot 1f97f=flat_shoe 1f980=crab 1f981=lion 1f982=scorpion 1f983=turkey \
    1f984=unicorn 1f985=eagle 1f986=duck 1f987=bat 1f988=shark 1f989=owl 1f98a=fox 1f98b=butterfly 1f98c=deer \
    1f98d=gorilla 1f98e=lizard 1f98f=rhinoceros 1f990=shrimp 1f991=squid 1f992=giraffe 1f993=zebra 1f994=hedgehog \
    1f995=sauropod 1f996=T-Rex 1f997=cricket 1f998=kangaroo 1f999=llama 1f99a=peacock 1f99b=hippopotamus \
    1f99c=parrot 1f99d=raccoon 1f99e=lobster 1f99f=mosquito 1f9a0=microbe 1f9a1=badger 1f9a2=swan 1f9a3=mammoth \
    1f9a4=dodo 1f9a5=sloth 1f9a6=otter 1f9a7=orangutan 1f9a8=skunk 1f9a9=flamingo 1f9aa=oyster 1f9ab=beaver \
    1f9ac=bison 1f9ad=seal 1f9ae=guide_dog 1f9af=white_cane 1f9b0=red_hair 1f9b1=curly_hair 1f9b2=bald \
    1f9b3=white_hair 1f9b4=bone 1f9b5=leg 1f9b6=foot 1f9b7=tooth 1f9b8=superhero 1f9b8-200d-2640=woman_superhero \
    1f9b8-200d-2642=man_superhero 1f9b9=supervillain 1f9b9-200d-2640=woman_supervillain \
    1f9b9-200d-2642=man_supervillain 1f9ba=safety_vest 1f9bb=ear_with_hearing_aid 1f9bc=motorized_wheelchair \
    1f9bd=manual_wheelchair 1f9be=mechanical_arm 1f9bf=mechanical_leg 1f9c0=cheese_wedge 1f9c1=cupcake 1f9c2=salt \
    1f9c3=beverage_box 1f9c4=garlic 1f9c5=onion 1f9c6=falafel 1f9c7=waffle 1f9c8=butter 1f9c9=mate 1f9ca=ice \
    1f9cb=bubble_tea 1f9cc=troll 1f9cd=person_standing 1f9cd-200d-2640=woman_standing 1f9cd-200d-2642=man_standing \
    1f9ce=person_kneeling 1f9ce-200d-2640=woman_kneeling 1f9ce-200d-2640-200d-27a1=woman_kneeling_facing_right \
    1f9ce-200d-2642=man_kneeling 1f9ce-200d-2642-200d-27a1=man_kneeling_facing_right \
    1f9ce-200d-27a1=person_kneeling_facing_right 1f9cf=deaf_person 1f9cf-200d-2640=deaf_woman \
    1f9cf-200d-2642=deaf_man 1f9d0=face_with_monocle 1f9d1=person 1f9d1-200d-2695=health_worker \
    1f9d1-200d-2696=judge 1f9d1-200d-2708=pilot 1f9d1-200d-1f33e=farmer 1f9d1-200d-1f373=cook \
    1f9d1-200d-1f37c=person_feeding_baby 1f9d1-200d-1f384=Mx_Claus 1f9d1-200d-1f393=student 1f9d1-200d-1f3a4=singer \
    1f9d1-200d-1f3a8=artist 1f9d1-200d-1f3eb=teacher 1f9d1-200d-1f3ed=factory_worker 1f9d1-200d-1f4bb=technologist \
    1f9d1-200d-1f4bc=office_worker 1f9d1-200d-1f527=mechanic 1f9d1-200d-1f52c=scientist 1f9d1-200d-1f680=astronaut \
    1f9d1-200d-1f692=firefighter 1f9d1-200d-1f91d-200d-1f9d1=people_holding_hands \
    1f9d1-200d-1f9af=person_with_white_cane 1f9d1-200d-1f9af-200d-27a1=person_with_white_cane_facing_right \
    1f9d1-200d-1f9b0=person_red_hair 1f9d1-200d-1f9b1=person_curly_hair 1f9d1-200d-1f9b2=person_bald \
    1f9d1-200d-1f9b3=person_white_hair 1f9d1-200d-1f9bc=person_in_motorized_wheelchair \
    1f9d1-200d-1f9bc-200d-27a1=person_in_motorized_wheelchair_facing_right \
    1f9d1-200d-1f9bd=person_in_manual_wheelchair 1f9d1-200d-1f9bd-200d-27a1=person_in_manual_wheelchair_facing_right \
    1f9d1-200d-1f9d1-200d-1f9d2=family_adult_adult_child \
    1f9d1-200d-1f9d1-200d-1f9d2-200d-1f9d2=family_adult_adult_child_child 1f9d1-200d-1f9d2=family_adult_child \
    1f9d1-200d-1f9d2-200d-1f9d2=family_adult_child_child \
    1f9d1-1f3fb-200d-2764-200d-1f48b-200d-1f9d1-1f3fc=kiss_person_person_light_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f48b-200d-1f9d1-1f3fd=kiss_person_person_light_skin_tone_medium_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f48b-200d-1f9d1-1f3fe=kiss_person_person_light_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f48b-200d-1f9d1-1f3ff=kiss_person_person_light_skin_tone_dark_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f9d1-1f3fc=couple_with_heart_person_person_light_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f9d1-1f3fd=couple_with_heart_person_person_light_skin_tone_medium_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f9d1-1f3fe=couple_with_heart_person_person_light_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fb-200d-2764-200d-1f9d1-1f3ff=couple_with_heart_person_person_light_skin_tone_dark_skin_tone \
    1f9d1-1f3fb-200d-1f91d-200d-1f9d1-1f3fb=people_holding_hands_light_skin_tone \
    1f9d1-1f3fb-200d-1f9b0=person_light_skin_tone_red_hair 1f9d1-1f3fb-200d-1f9b1=person_light_skin_tone_curly_hair \
    1f9d1-1f3fb-200d-1f9b2=person_light_skin_tone_bald 1f9d1-1f3fb-200d-1f9b3=person_light_skin_tone_white_hair \
    1f9d1-1f3fc-200d-2764-200d-1f48b-200d-1f9d1-1f3fb=kiss_person_person_medium-light_skin_tone_light_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f48b-200d-1f9d1-1f3fd=kiss_person_person_medium-light_skin_tone_medium_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f48b-200d-1f9d1-1f3fe=kiss_person_person_medium-light_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f48b-200d-1f9d1-1f3ff=kiss_person_person_medium-light_skin_tone_dark_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f9d1-1f3fb=couple_with_heart_person_person_medium-light_skin_tone_light_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f9d1-1f3fd=couple_with_heart_person_person_medium-light_skin_tone_medium_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f9d1-1f3fe=couple_with_heart_person_person_medium-light_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fc-200d-2764-200d-1f9d1-1f3ff=couple_with_heart_person_person_medium-light_skin_tone_dark_skin_tone \
    1f9d1-1f3fc-200d-1f91d-200d-1f9d1-1f3fc=people_holding_hands_medium-light_skin_tone \
    1f9d1-1f3fc-200d-1f9b0=person_medium-light_skin_tone_red_hair \
    1f9d1-1f3fc-200d-1f9b1=person_medium-light_skin_tone_curly_hair \
    1f9d1-1f3fc-200d-1f9b2=person_medium-light_skin_tone_bald \
    1f9d1-1f3fc-200d-1f9b3=person_medium-light_skin_tone_white_hair \
    1f9d1-1f3fd-200d-2764-200d-1f48b-200d-1f9d1-1f3fb=kiss_person_person_medium_skin_tone_light_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f48b-200d-1f9d1-1f3fc=kiss_person_person_medium_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f48b-200d-1f9d1-1f3fe=kiss_person_person_medium_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f48b-200d-1f9d1-1f3ff=kiss_person_person_medium_skin_tone_dark_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f9d1-1f3fb=couple_with_heart_person_person_medium_skin_tone_light_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f9d1-1f3fc=couple_with_heart_person_person_medium_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f9d1-1f3fe=couple_with_heart_person_person_medium_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3fd-200d-2764-200d-1f9d1-1f3ff=couple_with_heart_person_person_medium_skin_tone_dark_skin_tone \
    1f9d1-1f3fd-200d-1f91d-200d-1f9d1-1f3fd=people_holding_hands_medium_skin_tone \
    1f9d1-1f3fd-200d-1f9b0=person_medium_skin_tone_red_hair \
    1f9d1-1f3fd-200d-1f9b1=person_medium_skin_tone_curly_hair 1f9d1-1f3fd-200d-1f9b2=person_medium_skin_tone_bald \
    1f9d1-1f3fd-200d-1f9b3=person_medium_skin_tone_white_hair \
    1f9d1-1f3fe-200d-2764-200d-1f48b-200d-1f9d1-1f3fb=kiss_person_person_medium-dark_skin_tone_light_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f48b-200d-1f9d1-1f3fc=kiss_person_person_medium-dark_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f48b-200d-1f9d1-1f3fd=kiss_person_person_medium-dark_skin_tone_medium_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f48b-200d-1f9d1-1f3ff=kiss_person_person_medium-dark_skin_tone_dark_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f9d1-1f3fb=couple_with_heart_person_person_medium-dark_skin_tone_light_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f9d1-1f3fc=couple_with_heart_person_person_medium-dark_skin_tone_medium-light_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f9d1-1f3fd=couple_with_heart_person_person_medium-dark_skin_tone_medium_skin_tone \
    1f9d1-1f3fe-200d-2764-200d-1f9d1-1f3ff=couple_with_heart_person_person_medium-dark_skin_tone_dark_skin_tone \
    1f9d1-1f3fe-200d-1f91d-200d-1f9d1-1f3fe=people_holding_hands_medium-dark_skin_tone \
    1f9d1-1f3fe-200d-1f9b0=person_medium-dark_skin_tone_red_hair \
    1f9d1-1f3fe-200d-1f9b1=person_medium-dark_skin_tone_curly_hair \
    1f9d1-1f3fe-200d-1f9b2=person_medium-dark_skin_tone_bald \
    1f9d1-1f3fe-200d-1f9b3=person_medium-dark_skin_tone_white_hair \
    1f9d1-1f3ff-200d-2764-200d-1f48b-200d-1f9d1-1f3fb=kiss_person_person_dark_skin_tone_light_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f48b-200d-1f9d1-1f3fc=kiss_person_person_dark_skin_tone_medium-light_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f48b-200d-1f9d1-1f3fd=kiss_person_person_dark_skin_tone_medium_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f48b-200d-1f9d1-1f3fe=kiss_person_person_dark_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f9d1-1f3fb=couple_with_heart_person_person_dark_skin_tone_light_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f9d1-1f3fc=couple_with_heart_person_person_dark_skin_tone_medium-light_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f9d1-1f3fd=couple_with_heart_person_person_dark_skin_tone_medium_skin_tone \
    1f9d1-1f3ff-200d-2764-200d-1f9d1-1f3fe=couple_with_heart_person_person_dark_skin_tone_medium-dark_skin_tone \
    1f9d1-1f3ff-200d-1f91d-200d-1f9d1-1f3ff=people_holding_hands_dark_skin_tone \
    1f9d1-1f3ff-200d-1f9b0=person_dark_skin_tone_red_hair 1f9d1-1f3ff-200d-1f9b1=person_dark_skin_tone_curly_hair \
    1f9d1-1f3ff-200d-1f9b2=person_dark_skin_tone_bald 1f9d1-1f3ff-200d-1f9b3=person_dark_skin_tone_white_hair \
    1f9d2=child 1f9d3=older_person 1f9d4=person_beard 1f9d4-200d-2640=woman_beard 1f9d4-200d-2642=man_beard \
    1f9d4-1f3fb=person_light_skin_tone_beard 1f9d4-1f3fb-200d-2640=woman_light_skin_tone_beard \
    1f9d4-1f3fb-200d-2642=man_light_skin_tone_beard 1f9d4-1f3fc=person_medium-light_skin_tone_beard \
    1f9d4-1f3fc-200d-2640=woman_medium-light_skin_tone_beard 1f9d4-1f3fc-200d-2642=man_medium-light_skin_tone_beard \
    1f9d4-1f3fd=person_medium_skin_tone_beard 1f9d4-1f3fd-200d-2640=woman_medium_skin_tone_beard \
    1f9d4-1f3fd-200d-2642=man_medium_skin_tone_beard 1f9d4-1f3fe=person_medium-dark_skin_tone_beard \
    1f9d4-1f3fe-200d-2640=woman_medium-dark_skin_tone_beard 1f9d4-1f3fe-200d-2642=man_medium-dark_skin_tone_beard \
    1f9d4-1f3ff=person_dark_skin_tone_beard 1f9d4-1f3ff-200d-2640=woman_dark_skin_tone_beard \
    1f9d4-1f3ff-200d-2642=man_dark_skin_tone_beard 1f9d5=woman_with_headscarf 1f9d6=person_in_steamy_room \
    1f9d6-200d-2640=woman_in_steamy_room 1f9d6-200d-2642=man_in_steamy_room 1f9d7=person_climbing \
    1f9d7-200d-2640=woman_climbing 1f9d7-200d-2642=man_climbing 1f9d8=person_in_lotus_position \
    1f9d8-200d-2640=woman_in_lotus_position 1f9d8-200d-2642=man_in_lotus_position 1f9d9=mage \
    1f9d9-200d-2640=woman_mage 1f9d9-200d-2642=man_mage 1f9da=fairy 1f9da-200d-2640=woman_fairy \
    1f9da-200d-2642=man_fairy 1f9db=vampire 1f9db-200d-2640=woman_vampire 1f9db-200d-2642=man_vampire \
    1f9dc=merperson 1f9dc-200d-2640=mermaid 1f9dc-200d-2642=merman 1f9dd=elf 1f9dd-200d-2640=woman_elf \
    1f9dd-200d-2642=man_elf 1f9de=genie 1f9de-200d-2640=woman_genie 1f9de-200d-2642=man_genie 1f9df=zombie \
    1f9df-200d-2640=woman_zombie 1f9df-200d-2642=man_zombie 1f9e0=brain 1f9e1=orange_heart 1f9e2=billed_cap \
    1f9e3=scarf 1f9e4=gloves 1f9e5=coat 1f9e6=socks 1f9e7=red_envelope 1f9e8=firecracker 1f9e9=puzzle_piece \
    1f9ea=test_tube 1f9eb=petri_dish 1f9ec=dna 1f9ed=compass 1f9ee=abacus 1f9ef=fire_extinguisher 1f9f0=toolbox \
    1f9f1=brick 1f9f2=magnet 1f9f3=luggage 1f9f4=lotion_bottle 1f9f5=thread 1f9f6=yarn 1f9f7=safety_pin \
    1f9f8=teddy_bear 1f9f9=broom 1f9fa=basket 1f9fb=roll_of_paper 1f9fc=soap 1f9fd=sponge 1f9fe=receipt \
    1f9ff=nazar_amulet 1fa70=ballet_shoes 1fa71=one-piece_swimsuit 1fa72=briefs 1fa73=shorts 1fa74=thong_sandal \
    1fa75=light_blue_heart 1fa76=grey_heart 1fa77=pink_heart 1fa78=drop_of_blood 1fa79=adhesive_bandage \
    1fa7a=stethoscope 1fa7b=x-ray 1fa7c=crutch 1fa80=yo-yo 1fa81=kite 1fa82=parachute 1fa83=boomerang \
    1fa84=magic_wand 1fa85=pinata 1fa86=nesting_dolls 1fa87=maracas 1fa88=flute 1fa89=harp 1fa8f=shovel \
    1fa90=ringed_planet 1fa91=chair 1fa92=razor 1fa93=axe 1fa94=diya_lamp 1fa95=banjo 1fa96=military_helmet \
    1fa97=accordion 1fa98=long_drum 1fa99=coin 1fa9a=carpentry_saw 1fa9b=screwdriver 1fa9c=ladder 1fa9d=hook \
    1fa9e=mirror 1fa9f=window 1faa0=plunger 1faa1=sewing_needle 1faa2=knot 1faa3=bucket 1faa4=mouse_trap \
    1faa5=toothbrush 1faa6=headstone 1faa7=placard 1faa8=rock 1faa9=mirror_ball 1faaa=identification_card \
    1faab=low_battery 1faac=hamsa 1faad=folding_hand_fan 1faae=hair_pick 1faaf=khanda 1fab0=fly 1fab1=worm \
    1fab2=beetle 1fab3=cockroach 1fab4=potted_plant 1fab5=wood 1fab6=feather 1fab7=lotus 1fab8=coral \
    1fab9=empty_nest 1faba=nest_with_eggs 1fabb=hyacinth 1fabc=jellyfish 1fabd=wing 1fabe=leafless_tree 1fabf=goose \
    1fac0=anatomical_heart 1fac1=lungs 1fac2=people_hugging 1fac3=pregnant_man 1fac4=pregnant_person \
    1fac5=person_with_crown 1fac6=fingerprint 1face=moose 1facf=donkey 1fad0=blueberries 1fad1=bell_pepper \
    1fad2=olive 1fad3=flatbread 1fad4=tamale 1fad5=fondue 1fad6=teapot 1fad7=pouring_liquid 1fad8=beans 1fad9=jar \
    1fada=ginger_root 1fadb=pea_pod 1fadc=root_vegetable 1fadf=splatter 1fae0=melting_face 1fae1=saluting_face \
    1fae2=face_with_open_eyes_and_hand_over_mouth 1fae3=face_with_peeking_eye 1fae4=face_with_diagonal_mouth \
    1fae5=dotted_line_face 1fae6=biting_lip 1fae7=bubbles 1fae8=shaking_face 1fae9=face_with_bags_under_eyes \
    1faf0=hand_with_index_finger_and_thumb_crossed 1faf1=rightwards_hand \
    1faf1-1f3fb-200d-1faf2-1f3fc=handshake_light_skin_tone_medium-light_skin_tone \
    1faf1-1f3fb-200d-1faf2-1f3fd=handshake_light_skin_tone_medium_skin_tone \
    1faf1-1f3fb-200d-1faf2-1f3fe=handshake_light_skin_tone_medium-dark_skin_tone \
    1faf1-1f3fb-200d-1faf2-1f3ff=handshake_light_skin_tone_dark_skin_tone \
    1faf1-1f3fc-200d-1faf2-1f3fb=handshake_medium-light_skin_tone_light_skin_tone \
    1faf1-1f3fc-200d-1faf2-1f3fd=handshake_medium-light_skin_tone_medium_skin_tone \
    1faf1-1f3fc-200d-1faf2-1f3fe=handshake_medium-light_skin_tone_medium-dark_skin_tone \
    1faf1-1f3fc-200d-1faf2-1f3ff=handshake_medium-light_skin_tone_dark_skin_tone \
    1faf1-1f3fd-200d-1faf2-1f3fb=handshake_medium_skin_tone_light_skin_tone \
    1faf1-1f3fd-200d-1faf2-1f3fc=handshake_medium_skin_tone_medium-light_skin_tone \
    1faf1-1f3fd-200d-1faf2-1f3fe=handshake_medium_skin_tone_medium-dark_skin_tone \
    1faf1-1f3fd-200d-1faf2-1f3ff=handshake_medium_skin_tone_dark_skin_tone \
    1faf1-1f3fe-200d-1faf2-1f3fb=handshake_medium-dark_skin_tone_light_skin_tone \
    1faf1-1f3fe-200d-1faf2-1f3fc=handshake_medium-dark_skin_tone_medium-light_skin_tone \
    1faf1-1f3fe-200d-1faf2-1f3fd=handshake_medium-dark_skin_tone_medium_skin_tone \
    1faf1-1f3fe-200d-1faf2-1f3ff=handshake_medium-dark_skin_tone_dark_skin_tone \
    1faf1-1f3ff-200d-1faf2-1f3fb=handshake_dark_skin_tone_light_skin_tone \
    1faf1-1f3ff-200d-1faf2-1f3fc=handshake_dark_skin_tone_medium-light_skin_tone \
    1faf1-1f3ff-200d-1faf2-1f3fd=handshake_dark_skin_tone_medium_skin_tone \
    1faf1-1f3ff-200d-1faf2-1f3fe=handshake_dark_skin_tone_medium-dark_skin_tone 1faf2=leftwards_hand \
    1faf3=palm_down_hand 1faf4=palm_up_hand 1faf5=index_pointing_at_the_viewer 1faf6=heart_hands \
    1faf7=leftwards_pushing_hand 1faf8=rightwards_pushing_hand
    """
}

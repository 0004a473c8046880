/// CLDR short names of emoji in ASCII: code points in hexadecimal without variation selectors, `=`, name.
///
/// Names with skin tones that follow from the name without are left out. Written by `make_tables.py`.
enum EmojiNameTable {
  static let words = """
    23-20e3=keycap_# 2a-20e3=keycap_* 30-20e3=keycap_0 31-20e3=keycap_1 32-20e3=keycap_2 33-20e3=keycap_3 \
    34-20e3=keycap_4 35-20e3=keycap_5 36-20e3=keycap_6 37-20e3=keycap_7 38-20e3=keycap_8 39-20e3=keycap_9 \
    a9=copyright ae=registered 203c=double_exclamation_mark 2049=exclamation_question_mark 2122=trade_mark \
    2139=information 2194=left-right_arrow 2195=up-down_arrow 2196=up-left_arrow 2197=up-right_arrow \
    2198=down-right_arrow 2199=down-left_arrow 21a9=right_arrow_curving_left 21aa=left_arrow_curving_right \
    231a=watch 231b=hourglass_done 2328=keyboard 23cf=eject_button 23e9=fast-forward_button 23ea=fast_reverse_button \
    23eb=fast_up_button 23ec=fast_down_button 23ed=next_track_button 23ee=last_track_button \
    23ef=play_or_pause_button 23f0=alarm_clock 23f1=stopwatch 23f2=timer_clock 23f3=hourglass_not_done \
    23f8=pause_button 23f9=stop_button 23fa=record_button 24c2=circled_M 25aa=black_small_square \
    25ab=white_small_square 25b6=play_button 25c0=reverse_button 25fb=white_medium_square 25fc=black_medium_square \
    25fd=white_medium-small_square 25fe=black_medium-small_square 2600=sun 2601=cloud 2602=umbrella 2603=snowman \
    2604=comet 260e=telephone 2611=check_box_with_check 2614=umbrella_with_rain_drops 2615=hot_beverage \
    2618=shamrock 261d=index_pointing_up 2620=skull_and_crossbones 2622=radioactive 2623=biohazard \
    2626=orthodox_cross 262a=star_and_crescent 262e=peace_symbol 262f=yin_yang 2638=wheel_of_dharma \
    2639=frowning_face 263a=smiling_face 2640=female_sign 2642=male_sign 2648=Aries 2649=Taurus 264a=Gemini \
    264b=Cancer 264c=Leo 264d=Virgo 264e=Libra 264f=Scorpio 2650=Sagittarius 2651=Capricorn 2652=Aquarius \
    2653=Pisces 265f=chess_pawn 2660=spade_suit 2663=club_suit 2665=heart_suit 2666=diamond_suit 2668=hot_springs \
    267b=recycling_symbol 267e=infinity 267f=wheelchair_symbol 2692=hammer_and_pick 2693=anchor 2694=crossed_swords \
    2695=medical_symbol 2696=balance_scale 2697=alembic 2699=gear 269b=atom_symbol 269c=fleur-de-lis 26a0=warning \
    26a1=high_voltage 26a7=transgender_symbol 26aa=white_circle 26ab=black_circle 26b0=coffin 26b1=funeral_urn \
    26bd=soccer_ball 26be=baseball 26c4=snowman_without_snow 26c5=sun_behind_cloud \
    26c8=cloud_with_lightning_and_rain 26ce=Ophiuchus 26cf=pick 26d1=rescue_workers_helmet 26d3=chains \
    26d3-200d-1f4a5=broken_chain 26d4=no_entry 26e9=shinto_shrine 26ea=church 26f0=mountain 26f1=umbrella_on_ground \
    26f2=fountain 26f3=flag_in_hole 26f4=ferry 26f5=sailboat 26f7=skier 26f8=ice_skate 26f9=person_bouncing_ball \
    26f9-200d-2640=woman_bouncing_ball 26f9-200d-2642=man_bouncing_ball 26fa=tent 26fd=fuel_pump 2702=scissors \
    2705=check_mark_button 2708=airplane 2709=envelope 270a=raised_fist 270b=raised_hand 270c=victory_hand \
    270d=writing_hand 270f=pencil 2712=black_nib 2714=check_mark 2716=multiply 271d=latin_cross 2721=star_of_David \
    2728=sparkles 2733=eight-spoked_asterisk 2734=eight-pointed_star 2744=snowflake 2747=sparkle 274c=cross_mark \
    274e=cross_mark_button 2753=red_question_mark 2754=white_question_mark 2755=white_exclamation_mark \
    2757=red_exclamation_mark 2763=heart_exclamation 2764=red_heart 2764-200d-1f525=heart_on_fire \
    2764-200d-1fa79=mending_heart 2795=plus 2796=minus 2797=divide 27a1=right_arrow 27b0=curly_loop \
    27bf=double_curly_loop 2934=right_arrow_curving_up 2935=right_arrow_curving_down 2b05=left_arrow 2b06=up_arrow \
    2b07=down_arrow 2b1b=black_large_square 2b1c=white_large_square 2b50=star 2b55=hollow_red_circle 3030=wavy_dash \
    303d=part_alternation_mark 3297=Japanese_congratulations_button 3299=Japanese_secret_button \
    1f004=mahjong_red_dragon 1f0cf=joker 1f170=A_button_(blood_type) 1f171=B_button_(blood_type) \
    1f17e=O_button_(blood_type) 1f17f=P_button 1f18e=AB_button_(blood_type) 1f191=CL_button 1f192=COOL_button \
    1f193=FREE_button 1f194=ID_button 1f195=NEW_button 1f196=NG_button 1f197=OK_button 1f198=SOS_button \
    1f199=UP!_button 1f19a=VS_button 1f1e6-1f1e8=Ascension_Island 1f1e6-1f1e9=Andorra \
    1f1e6-1f1ea=United_Arab_Emirates 1f1e6-1f1eb=Afghanistan 1f1e6-1f1ec=Antigua_&_Barbuda 1f1e6-1f1ee=Anguilla \
    1f1e6-1f1f1=Albania 1f1e6-1f1f2=Armenia 1f1e6-1f1f4=Angola 1f1e6-1f1f6=Antarctica 1f1e6-1f1f7=Argentina \
    1f1e6-1f1f8=American_Samoa 1f1e6-1f1f9=Austria 1f1e6-1f1fa=Australia 1f1e6-1f1fc=Aruba 1f1e6-1f1fd=Aland_Islands \
    1f1e6-1f1ff=Azerbaijan 1f1e7-1f1e6=Bosnia_&_Herzegovina 1f1e7-1f1e7=Barbados 1f1e7-1f1e9=Bangladesh \
    1f1e7-1f1ea=Belgium 1f1e7-1f1eb=Burkina_Faso 1f1e7-1f1ec=Bulgaria 1f1e7-1f1ed=Bahrain 1f1e7-1f1ee=Burundi \
    1f1e7-1f1ef=Benin 1f1e7-1f1f1=St._Barthelemy 1f1e7-1f1f2=Bermuda 1f1e7-1f1f3=Brunei 1f1e7-1f1f4=Bolivia \
    1f1e7-1f1f6=Caribbean_Netherlands 1f1e7-1f1f7=Brazil 1f1e7-1f1f8=Bahamas 1f1e7-1f1f9=Bhutan \
    1f1e7-1f1fb=Bouvet_Island 1f1e7-1f1fc=Botswana 1f1e7-1f1fe=Belarus 1f1e7-1f1ff=Belize 1f1e8-1f1e6=Canada \
    1f1e8-1f1e8=Cocos_(Keeling)_Islands 1f1e8-1f1e9=Congo-Kinshasa 1f1e8-1f1eb=Central_African_Republic \
    1f1e8-1f1ec=Congo-Brazzaville 1f1e8-1f1ed=Switzerland 1f1e8-1f1ee=Cote_dIvoire 1f1e8-1f1f0=Cook_Islands \
    1f1e8-1f1f1=Chile 1f1e8-1f1f2=Cameroon 1f1e8-1f1f3=China 1f1e8-1f1f4=Colombia 1f1e8-1f1f5=Clipperton_Island \
    1f1e8-1f1f6=Sark 1f1e8-1f1f7=Costa_Rica 1f1e8-1f1fa=Cuba 1f1e8-1f1fb=Cape_Verde 1f1e8-1f1fc=Curacao \
    1f1e8-1f1fd=Christmas_Island 1f1e8-1f1fe=Cyprus 1f1e8-1f1ff=Czechia 1f1e9-1f1ea=Germany 1f1e9-1f1ec=Diego_Garcia \
    1f1e9-1f1ef=Djibouti 1f1e9-1f1f0=Denmark 1f1e9-1f1f2=Dominica 1f1e9-1f1f4=Dominican_Republic 1f1e9-1f1ff=Algeria \
    1f1ea-1f1e6=Ceuta_&_Melilla 1f1ea-1f1e8=Ecuador 1f1ea-1f1ea=Estonia 1f1ea-1f1ec=Egypt 1f1ea-1f1ed=Western_Sahara \
    1f1ea-1f1f7=Eritrea 1f1ea-1f1f8=Spain 1f1ea-1f1f9=Ethiopia 1f1ea-1f1fa=European_Union 1f1eb-1f1ee=Finland \
    1f1eb-1f1ef=Fiji 1f1eb-1f1f0=Falkland_Islands 1f1eb-1f1f2=Micronesia 1f1eb-1f1f4=Faroe_Islands \
    1f1eb-1f1f7=France 1f1ec-1f1e6=Gabon 1f1ec-1f1e7=United_Kingdom 1f1ec-1f1e9=Grenada 1f1ec-1f1ea=Georgia \
    1f1ec-1f1eb=French_Guiana 1f1ec-1f1ec=Guernsey 1f1ec-1f1ed=Ghana 1f1ec-1f1ee=Gibraltar 1f1ec-1f1f1=Greenland \
    1f1ec-1f1f2=Gambia 1f1ec-1f1f3=Guinea 1f1ec-1f1f5=Guadeloupe 1f1ec-1f1f6=Equatorial_Guinea 1f1ec-1f1f7=Greece \
    1f1ec-1f1f8=South_Georgia_&_South_Sandwich_Islands 1f1ec-1f1f9=Guatemala 1f1ec-1f1fa=Guam \
    1f1ec-1f1fc=Guinea-Bissau 1f1ec-1f1fe=Guyana 1f1ed-1f1f0=Hong_Kong_SAR_China \
    1f1ed-1f1f2=Heard_&_McDonald_Islands 1f1ed-1f1f3=Honduras 1f1ed-1f1f7=Croatia 1f1ed-1f1f9=Haiti \
    1f1ed-1f1fa=Hungary 1f1ee-1f1e8=Canary_Islands 1f1ee-1f1e9=Indonesia 1f1ee-1f1ea=Ireland 1f1ee-1f1f1=Israel \
    1f1ee-1f1f2=Isle_of_Man 1f1ee-1f1f3=India 1f1ee-1f1f4=British_Indian_Ocean_Territory 1f1ee-1f1f6=Iraq \
    1f1ee-1f1f7=Iran 1f1ee-1f1f8=Iceland 1f1ee-1f1f9=Italy 1f1ef-1f1ea=Jersey 1f1ef-1f1f2=Jamaica 1f1ef-1f1f4=Jordan \
    1f1ef-1f1f5=Japan 1f1f0-1f1ea=Kenya 1f1f0-1f1ec=Kyrgyzstan 1f1f0-1f1ed=Cambodia 1f1f0-1f1ee=Kiribati \
    1f1f0-1f1f2=Comoros 1f1f0-1f1f3=St._Kitts_&_Nevis 1f1f0-1f1f5=North_Korea 1f1f0-1f1f7=South_Korea \
    1f1f0-1f1fc=Kuwait 1f1f0-1f1fe=Cayman_Islands 1f1f0-1f1ff=Kazakhstan 1f1f1-1f1e6=Laos 1f1f1-1f1e7=Lebanon \
    1f1f1-1f1e8=St._Lucia 1f1f1-1f1ee=Liechtenstein 1f1f1-1f1f0=Sri_Lanka 1f1f1-1f1f7=Liberia 1f1f1-1f1f8=Lesotho \
    1f1f1-1f1f9=Lithuania 1f1f1-1f1fa=Luxembourg 1f1f1-1f1fb=Latvia 1f1f1-1f1fe=Libya 1f1f2-1f1e6=Morocco \
    1f1f2-1f1e8=Monaco 1f1f2-1f1e9=Moldova 1f1f2-1f1ea=Montenegro 1f1f2-1f1eb=St._Martin 1f1f2-1f1ec=Madagascar \
    1f1f2-1f1ed=Marshall_Islands 1f1f2-1f1f0=North_Macedonia 1f1f2-1f1f1=Mali 1f1f2-1f1f2=Myanmar_(Burma) \
    1f1f2-1f1f3=Mongolia 1f1f2-1f1f4=Macao_SAR_China 1f1f2-1f1f5=Northern_Mariana_Islands 1f1f2-1f1f6=Martinique \
    1f1f2-1f1f7=Mauritania 1f1f2-1f1f8=Montserrat 1f1f2-1f1f9=Malta 1f1f2-1f1fa=Mauritius 1f1f2-1f1fb=Maldives \
    1f1f2-1f1fc=Malawi 1f1f2-1f1fd=Mexico 1f1f2-1f1fe=Malaysia 1f1f2-1f1ff=Mozambique 1f1f3-1f1e6=Namibia \
    1f1f3-1f1e8=New_Caledonia 1f1f3-1f1ea=Niger 1f1f3-1f1eb=Norfolk_Island 1f1f3-1f1ec=Nigeria 1f1f3-1f1ee=Nicaragua \
    1f1f3-1f1f1=Netherlands 1f1f3-1f1f4=Norway 1f1f3-1f1f5=Nepal 1f1f3-1f1f7=Nauru 1f1f3-1f1fa=Niue \
    1f1f3-1f1ff=New_Zealand 1f1f4-1f1f2=Oman 1f1f5-1f1e6=Panama 1f1f5-1f1ea=Peru 1f1f5-1f1eb=French_Polynesia \
    1f1f5-1f1ec=Papua_New_Guinea 1f1f5-1f1ed=Philippines 1f1f5-1f1f0=Pakistan 1f1f5-1f1f1=Poland \
    1f1f5-1f1f2=St._Pierre_&_Miquelon 1f1f5-1f1f3=Pitcairn_Islands 1f1f5-1f1f7=Puerto_Rico \
    1f1f5-1f1f8=Palestinian_Territories 1f1f5-1f1f9=Portugal 1f1f5-1f1fc=Palau 1f1f5-1f1fe=Paraguay \
    1f1f6-1f1e6=Qatar 1f1f7-1f1ea=Reunion 1f1f7-1f1f4=Romania 1f1f7-1f1f8=Serbia 1f1f7-1f1fa=Russia \
    1f1f7-1f1fc=Rwanda 1f1f8-1f1e6=Saudi_Arabia 1f1f8-1f1e7=Solomon_Islands 1f1f8-1f1e8=Seychelles 1f1f8-1f1e9=Sudan \
    1f1f8-1f1ea=Sweden 1f1f8-1f1ec=Singapore 1f1f8-1f1ed=St._Helena 1f1f8-1f1ee=Slovenia \
    1f1f8-1f1ef=Svalbard_&_Jan_Mayen 1f1f8-1f1f0=Slovakia 1f1f8-1f1f1=Sierra_Leone 1f1f8-1f1f2=San_Marino \
    1f1f8-1f1f3=Senegal 1f1f8-1f1f4=Somalia 1f1f8-1f1f7=Suriname 1f1f8-1f1f8=South_Sudan \
    1f1f8-1f1f9=Sao_Tome_&_Principe 1f1f8-1f1fb=El_Salvador 1f1f8-1f1fd=Sint_Maarten 1f1f8-1f1fe=Syria \
    1f1f8-1f1ff=Eswatini 1f1f9-1f1e6=Tristan_da_Cunha 1f1f9-1f1e8=Turks_&_Caicos_Islands 1f1f9-1f1e9=Chad \
    1f1f9-1f1eb=French_Southern_Territories 1f1f9-1f1ec=Togo 1f1f9-1f1ed=Thailand 1f1f9-1f1ef=Tajikistan \
    1f1f9-1f1f0=Tokelau 1f1f9-1f1f1=Timor-Leste 1f1f9-1f1f2=Turkmenistan 1f1f9-1f1f3=Tunisia 1f1f9-1f1f4=Tonga \
    1f1f9-1f1f7=Turkiye 1f1f9-1f1f9=Trinidad_&_Tobago 1f1f9-1f1fb=Tuvalu 1f1f9-1f1fc=Taiwan 1f1f9-1f1ff=Tanzania \
    1f1fa-1f1e6=Ukraine 1f1fa-1f1ec=Uganda 1f1fa-1f1f2=U.S._Outlying_Islands 1f1fa-1f1f3=United_Nations \
    1f1fa-1f1f8=United_States 1f1fa-1f1fe=Uruguay 1f1fa-1f1ff=Uzbekistan 1f1fb-1f1e6=Vatican_City \
    1f1fb-1f1e8=St._Vincent_&_Grenadines 1f1fb-1f1ea=Venezuela 1f1fb-1f1ec=British_Virgin_Islands \
    1f1fb-1f1ee=U.S._Virgin_Islands 1f1fb-1f1f3=Vietnam 1f1fb-1f1fa=Vanuatu 1f1fc-1f1eb=Wallis_&_Futuna \
    1f1fc-1f1f8=Samoa 1f1fd-1f1f0=Kosovo 1f1fe-1f1ea=Yemen 1f1fe-1f1f9=Mayotte 1f1ff-1f1e6=South_Africa \
    1f1ff-1f1f2=Zambia 1f1ff-1f1fc=Zimbabwe 1f201=Japanese_here_button 1f202=Japanese_service_charge_button \
    1f21a=Japanese_free_of_charge_button 1f22f=Japanese_reserved_button 1f232=Japanese_prohibited_button \
    1f233=Japanese_vacancy_button 1f234=Japanese_passing_grade_button 1f235=Japanese_no_vacancy_button \
    1f236=Japanese_not_free_of_charge_button 1f237=Japanese_monthly_amount_button 1f238=Japanese_application_button \
    1f239=Japanese_discount_button 1f23a=Japanese_open_for_business_button 1f250=Japanese_bargain_button \
    1f251=Japanese_acceptable_button 1f300=cyclone 1f301=foggy 1f302=closed_umbrella 1f303=night_with_stars \
    1f304=sunrise_over_mountains 1f305=sunrise 1f306=cityscape_at_dusk 1f307=sunset 1f308=rainbow \
    1f309=bridge_at_night 1f30a=water_wave 1f30b=volcano 1f30c=milky_way 1f30d=globe_showing_Europe-Africa \
    1f30e=globe_showing_Americas 1f30f=globe_showing_Asia-Australia 1f310=globe_with_meridians 1f311=new_moon \
    1f312=waxing_crescent_moon 1f313=first_quarter_moon 1f314=waxing_gibbous_moon 1f315=full_moon \
    1f316=waning_gibbous_moon 1f317=last_quarter_moon 1f318=waning_crescent_moon 1f319=crescent_moon \
    1f31a=new_moon_face 1f31b=first_quarter_moon_face 1f31c=last_quarter_moon_face 1f31d=full_moon_face \
    1f31e=sun_with_face 1f31f=glowing_star 1f320=shooting_star 1f321=thermometer 1f324=sun_behind_small_cloud \
    1f325=sun_behind_large_cloud 1f326=sun_behind_rain_cloud 1f327=cloud_with_rain 1f328=cloud_with_snow \
    1f329=cloud_with_lightning 1f32a=tornado 1f32b=fog 1f32c=wind_face 1f32d=hot_dog 1f32e=taco 1f32f=burrito \
    1f330=chestnut 1f331=seedling 1f332=evergreen_tree 1f333=deciduous_tree 1f334=palm_tree 1f335=cactus \
    1f336=hot_pepper 1f337=tulip 1f338=cherry_blossom 1f339=rose 1f33a=hibiscus 1f33b=sunflower 1f33c=blossom \
    1f33d=ear_of_corn 1f33e=sheaf_of_rice 1f33f=herb 1f340=four_leaf_clover 1f341=maple_leaf 1f342=fallen_leaf \
    1f343=leaf_fluttering_in_wind 1f344=mushroom 1f344-200d-1f7eb=brown_mushroom 1f345=tomato 1f346=eggplant \
    1f347=grapes 1f348=melon 1f349=watermelon 1f34a=tangerine 1f34b=lemon 1f34b-200d-1f7e9=lime 1f34c=banana \
    1f34d=pineapple 1f34e=red_apple 1f34f=green_apple 1f350=pear 1f351=peach 1f352=cherries 1f353=strawberry \
    1f354=hamburger 1f355=pizza 1f356=meat_on_bone 1f357=poultry_leg 1f358=rice_cracker 1f359=rice_ball \
    1f35a=cooked_rice 1f35b=curry_rice 1f35c=steaming_bowl 1f35d=spaghetti 1f35e=bread 1f35f=french_fries \
    1f360=roasted_sweet_potato 1f361=dango 1f362=oden 1f363=sushi 1f364=fried_shrimp 1f365=fish_cake_with_swirl \
    1f366=soft_ice_cream 1f367=shaved_ice 1f368=ice_cream 1f369=doughnut 1f36a=cookie 1f36b=chocolate_bar \
    1f36c=candy 1f36d=lollipop 1f36e=custard 1f36f=honey_pot 1f370=shortcake 1f371=bento_box 1f372=pot_of_food \
    1f373=cooking 1f374=fork_and_knife 1f375=teacup_without_handle 1f376=sake 1f377=wine_glass 1f378=cocktail_glass \
    1f379=tropical_drink 1f37a=beer_mug 1f37b=clinking_beer_mugs 1f37c=baby_bottle 1f37d=fork_and_knife_with_plate \
    1f37e=bottle_with_popping_cork 1f37f=popcorn 1f380=ribbon 1f381=wrapped_gift 1f382=birthday_cake \
    1f383=jack-o-lantern 1f384=Christmas_tree 1f385=Santa_Claus 1f386=fireworks 1f387=sparkler 1f388=balloon \
    1f389=party_popper 1f38a=confetti_ball 1f38b=tanabata_tree 1f38c=crossed_flags 1f38d=pine_decoration \
    1f38e=Japanese_dolls 1f38f=carp_streamer 1f390=wind_chime 1f391=moon_viewing_ceremony 1f392=backpack \
    1f393=graduation_cap 1f396=military_medal 1f397=reminder_ribbon 1f399=studio_microphone 1f39a=level_slider \
    1f39b=control_knobs 1f39e=film_frames 1f39f=admission_tickets 1f3a0=carousel_horse 1f3a1=ferris_wheel \
    1f3a2=roller_coaster 1f3a3=fishing_pole 1f3a4=microphone 1f3a5=movie_camera 1f3a6=cinema 1f3a7=headphone \
    1f3a8=artist_palette 1f3a9=top_hat 1f3aa=circus_tent 1f3ab=ticket 1f3ac=clapper_board 1f3ad=performing_arts \
    1f3ae=video_game 1f3af=bullseye 1f3b0=slot_machine 1f3b1=pool_8_ball 1f3b2=game_die 1f3b3=bowling \
    1f3b4=flower_playing_cards 1f3b5=musical_note 1f3b6=musical_notes 1f3b7=saxophone 1f3b8=guitar \
    1f3b9=musical_keyboard 1f3ba=trumpet 1f3bb=violin 1f3bc=musical_score 1f3bd=running_shirt 1f3be=tennis \
    1f3bf=skis 1f3c0=basketball 1f3c1=chequered_flag 1f3c2=snowboarder 1f3c3=person_running \
    1f3c3-200d-2640=woman_running 1f3c3-200d-2640-200d-27a1=woman_running_facing_right 1f3c3-200d-2642=man_running \
    1f3c3-200d-2642-200d-27a1=man_running_facing_right 1f3c3-200d-27a1=person_running_facing_right \
    1f3c4=person_surfing 1f3c4-200d-2640=woman_surfing 1f3c4-200d-2642=man_surfing 1f3c5=sports_medal 1f3c6=trophy \
    1f3c7=horse_racing 1f3c8=american_football 1f3c9=rugby_football 1f3ca=person_swimming \
    1f3ca-200d-2640=woman_swimming 1f3ca-200d-2642=man_swimming 1f3cb=person_lifting_weights \
    1f3cb-200d-2640=woman_lifting_weights 1f3cb-200d-2642=man_lifting_weights 1f3cc=person_golfing \
    1f3cc-200d-2640=woman_golfing 1f3cc-200d-2642=man_golfing 1f3cd=motorcycle 1f3ce=racing_car 1f3cf=cricket_game \
    1f3d0=volleyball 1f3d1=field_hockey 1f3d2=ice_hockey 1f3d3=ping_pong 1f3d4=snow-capped_mountain 1f3d5=camping \
    1f3d6=beach_with_umbrella 1f3d7=building_construction 1f3d8=houses 1f3d9=cityscape 1f3da=derelict_house \
    1f3db=classical_building 1f3dc=desert 1f3dd=desert_island 1f3de=national_park 1f3df=stadium 1f3e0=house \
    1f3e1=house_with_garden 1f3e2=office_building 1f3e3=Japanese_post_office 1f3e4=post_office 1f3e5=hospital \
    1f3e6=bank 1f3e7=ATM_sign 1f3e8=hotel 1f3e9=love_hotel 1f3ea=convenience_store 1f3eb=school \
    1f3ec=department_store 1f3ed=factory 1f3ee=red_paper_lantern 1f3ef=Japanese_castle 1f3f0=castle 1f3f3=white_flag \
    1f3f3-200d-26a7=transgender_flag 1f3f3-200d-1f308=rainbow_flag 1f3f4=black_flag 1f3f4-200d-2620=pirate_flag \
    1f3f4-e0067-e0062-e0065-e006e-e0067-e007f=England 1f3f4-e0067-e0062-e0073-e0063-e0074-e007f=Scotland \
    1f3f4-e0067-e0062-e0077-e006c-e0073-e007f=Wales 1f3f5=rosette 1f3f7=label 1f3f8=badminton 1f3f9=bow_and_arrow \
    1f3fa=amphora 1f3fb=light_skin_tone 1f3fc=medium-light_skin_tone 1f3fd=medium_skin_tone \
    1f3fe=medium-dark_skin_tone 1f3ff=dark_skin_tone 1f400=rat 1f401=mouse 1f402=ox 1f403=water_buffalo 1f404=cow \
    1f405=tiger 1f406=leopard 1f407=rabbit 1f408=cat 1f408-200d-2b1b=black_cat 1f409=dragon 1f40a=crocodile \
    1f40b=whale 1f40c=snail 1f40d=snake 1f40e=horse 1f40f=ram 1f410=goat 1f411=ewe 1f412=monkey 1f413=rooster \
    1f414=chicken 1f415=dog 1f415-200d-1f9ba=service_dog 1f416=pig 1f417=boar 1f418=elephant 1f419=octopus \
    1f41a=spiral_shell 1f41b=bug 1f41c=ant 1f41d=honeybee 1f41e=lady_beetle 1f41f=fish 1f420=tropical_fish \
    1f421=blowfish 1f422=turtle 1f423=hatching_chick 1f424=baby_chick 1f425=front-facing_baby_chick 1f426=bird \
    1f426-200d-2b1b=black_bird 1f426-200d-1f525=phoenix 1f427=penguin 1f428=koala 1f429=poodle 1f42a=camel \
    1f42b=two-hump_camel 1f42c=dolphin 1f42d=mouse_face 1f42e=cow_face 1f42f=tiger_face 1f430=rabbit_face \
    1f431=cat_face 1f432=dragon_face 1f433=spouting_whale 1f434=horse_face 1f435=monkey_face 1f436=dog_face \
    1f437=pig_face 1f438=frog 1f439=hamster 1f43a=wolf 1f43b=bear 1f43b-200d-2744=polar_bear 1f43c=panda \
    1f43d=pig_nose 1f43e=paw_prints 1f43f=chipmunk 1f440=eyes 1f441=eye 1f441-200d-1f5e8=eye_in_speech_bubble \
    1f442=ear 1f443=nose 1f444=mouth 1f445=tongue 1f446=backhand_index_pointing_up \
    1f447=backhand_index_pointing_down 1f448=backhand_index_pointing_left 1f449=backhand_index_pointing_right \
    1f44a=oncoming_fist 1f44b=waving_hand 1f44c=OK_hand 1f44d=thumbs_up 1f44e=thumbs_down 1f44f=clapping_hands \
    1f450=open_hands 1f451=crown 1f452=womans_hat 1f453=glasses 1f454=necktie 1f455=t-shirt 1f456=jeans 1f457=dress \
    1f458=kimono 1f459=bikini 1f45a=womans_clothes 1f45b=purse 1f45c=handbag 1f45d=clutch_bag 1f45e=mans_shoe \
    1f45f=running_shoe 1f460=high-heeled_shoe 1f461=womans_sandal 1f462=womans_boot 1f463=footprints \
    1f464=bust_in_silhouette 1f465=busts_in_silhouette 1f466=boy 1f467=girl 1f468=man \
    1f468-200d-2695=man_health_worker 1f468-200d-2696=man_judge 1f468-200d-2708=man_pilot \
    1f468-200d-2764-200d-1f468=couple_with_heart_man_man 1f468-200d-2764-200d-1f48b-200d-1f468=kiss_man_man \
    1f468-200d-1f33e=man_farmer 1f468-200d-1f373=man_cook 1f468-200d-1f37c=man_feeding_baby \
    1f468-200d-1f393=man_student 1f468-200d-1f3a4=man_singer 1f468-200d-1f3a8=man_artist \
    1f468-200d-1f3eb=man_teacher 1f468-200d-1f3ed=man_factory_worker 1f468-200d-1f466=family_man_boy \
    1f468-200d-1f466-200d-1f466=family_man_boy_boy 1f468-200d-1f467=family_man_girl \
    1f468-200d-1f467-200d-1f466=family_man_girl_boy 1f468-200d-1f467-200d-1f467=family_man_girl_girl \
    1f468-200d-1f468-200d-1f466=family_man_man_boy 1f468-200d-1f468-200d-1f466-200d-1f466=family_man_man_boy_boy \
    1f468-200d-1f468-200d-1f467=family_man_man_girl 1f468-200d-1f468-200d-1f467-200d-1f466=family_man_man_girl_boy \
    1f468-200d-1f468-200d-1f467-200d-1f467=family_man_man_girl_girl 1f468-200d-1f469-200d-1f466=family_man_woman_boy \
    1f468-200d-1f469-200d-1f466-200d-1f466=family_man_woman_boy_boy \
    1f468-200d-1f469-200d-1f467=family_man_woman_girl \
    1f468-200d-1f469-200d-1f467-200d-1f466=family_man_woman_girl_boy \
    1f468-200d-1f469-200d-1f467-200d-1f467=family_man_woman_girl_girl 1f468-200d-1f4bb=man_technologist \
    1f468-200d-1f4bc=man_office_worker 1f468-200d-1f527=man_mechanic 1f468-200d-1f52c=man_scientist \
    1f468-200d-1f680=man_astronaut 1f468-200d-1f692=man_firefighter 1f468-200d-1f9af=man_with_white_cane \
    1f468-200d-1f9af-200d-27a1=man_with_white_cane_facing_right 1f468-200d-1f9b0=man_red_hair \
    1f468-200d-1f9b1=man_curly_hair 1f468-200d-1f9b2=man_bald 1f468-200d-1f9b3=man_white_hair \
    1f468-200d-1f9bc=man_in_motorized_wheelchair 1f468-200d-1f9bc-200d-27a1=man_in_motorized_wheelchair_facing_right \
    1f468-200d-1f9bd=man_in_manual_wheelchair 1f468-200d-1f9bd-200d-27a1=man_in_manual_wheelchair_facing_right \
    1f468-1f3fb-200d-2764-200d-1f468-1f3fb=couple_with_heart_man_man_light_skin_tone \
    1f468-1f3fb-200d-2764-200d-1f48b-200d-1f468-1f3fb=kiss_man_man_light_skin_tone \
    1f468-1f3fb-200d-1f91d-200d-1f468-1f3fc=men_holding_hands_light_skin_tone_medium-light_skin_tone \
    1f468-1f3fb-200d-1f91d-200d-1f468-1f3fd=men_holding_hands_light_skin_tone_medium_skin_tone \
    1f468-1f3fb-200d-1f91d-200d-1f468-1f3fe=men_holding_hands_light_skin_tone_medium-dark_skin_tone \
    1f468-1f3fb-200d-1f91d-200d-1f468-1f3ff=men_holding_hands_light_skin_tone_dark_skin_tone \
    1f468-1f3fb-200d-1f9b0=man_light_skin_tone_red_hair 1f468-1f3fb-200d-1f9b1=man_light_skin_tone_curly_hair \
    1f468-1f3fb-200d-1f9b2=man_light_skin_tone_bald 1f468-1f3fb-200d-1f9b3=man_light_skin_tone_white_hair \
    1f468-1f3fc-200d-2764-200d-1f468-1f3fc=couple_with_heart_man_man_medium-light_skin_tone \
    1f468-1f3fc-200d-2764-200d-1f48b-200d-1f468-1f3fc=kiss_man_man_medium-light_skin_tone \
    1f468-1f3fc-200d-1f91d-200d-1f468-1f3fb=men_holding_hands_medium-light_skin_tone_light_skin_tone \
    1f468-1f3fc-200d-1f91d-200d-1f468-1f3fd=men_holding_hands_medium-light_skin_tone_medium_skin_tone \
    1f468-1f3fc-200d-1f91d-200d-1f468-1f3fe=men_holding_hands_medium-light_skin_tone_medium-dark_skin_tone \
    1f468-1f3fc-200d-1f91d-200d-1f468-1f3ff=men_holding_hands_medium-light_skin_tone_dark_skin_tone \
    1f468-1f3fc-200d-1f9b0=man_medium-light_skin_tone_red_hair \
    1f468-1f3fc-200d-1f9b1=man_medium-light_skin_tone_curly_hair \
    1f468-1f3fc-200d-1f9b2=man_medium-light_skin_tone_bald \
    1f468-1f3fc-200d-1f9b3=man_medium-light_skin_tone_white_hair \
    1f468-1f3fd-200d-2764-200d-1f468-1f3fd=couple_with_heart_man_man_medium_skin_tone \
    1f468-1f3fd-200d-2764-200d-1f48b-200d-1f468-1f3fd=kiss_man_man_medium_skin_tone \
    1f468-1f3fd-200d-1f91d-200d-1f468-1f3fb=men_holding_hands_medium_skin_tone_light_skin_tone \
    1f468-1f3fd-200d-1f91d-200d-1f468-1f3fc=men_holding_hands_medium_skin_tone_medium-light_skin_tone \
    1f468-1f3fd-200d-1f91d-200d-1f468-1f3fe=men_holding_hands_medium_skin_tone_medium-dark_skin_tone \
    1f468-1f3fd-200d-1f91d-200d-1f468-1f3ff=men_holding_hands_medium_skin_tone_dark_skin_tone \
    1f468-1f3fd-200d-1f9b0=man_medium_skin_tone_red_hair 1f468-1f3fd-200d-1f9b1=man_medium_skin_tone_curly_hair \
    1f468-1f3fd-200d-1f9b2=man_medium_skin_tone_bald 1f468-1f3fd-200d-1f9b3=man_medium_skin_tone_white_hair \
    1f468-1f3fe-200d-2764-200d-1f468-1f3fe=couple_with_heart_man_man_medium-dark_skin_tone \
    1f468-1f3fe-200d-2764-200d-1f48b-200d-1f468-1f3fe=kiss_man_man_medium-dark_skin_tone \
    1f468-1f3fe-200d-1f91d-200d-1f468-1f3fb=men_holding_hands_medium-dark_skin_tone_light_skin_tone \
    1f468-1f3fe-200d-1f91d-200d-1f468-1f3fc=men_holding_hands_medium-dark_skin_tone_medium-light_skin_tone \
    1f468-1f3fe-200d-1f91d-200d-1f468-1f3fd=men_holding_hands_medium-dark_skin_tone_medium_skin_tone \
    1f468-1f3fe-200d-1f91d-200d-1f468-1f3ff=men_holding_hands_medium-dark_skin_tone_dark_skin_tone \
    1f468-1f3fe-200d-1f9b0=man_medium-dark_skin_tone_red_hair \
    1f468-1f3fe-200d-1f9b1=man_medium-dark_skin_tone_curly_hair \
    1f468-1f3fe-200d-1f9b2=man_medium-dark_skin_tone_bald \
    1f468-1f3fe-200d-1f9b3=man_medium-dark_skin_tone_white_hair \
    1f468-1f3ff-200d-2764-200d-1f468-1f3ff=couple_with_heart_man_man_dark_skin_tone \
    1f468-1f3ff-200d-2764-200d-1f48b-200d-1f468-1f3ff=kiss_man_man_dark_skin_tone \
    1f468-1f3ff-200d-1f91d-200d-1f468-1f3fb=men_holding_hands_dark_skin_tone_light_skin_tone \
    1f468-1f3ff-200d-1f91d-200d-1f468-1f3fc=men_holding_hands_dark_skin_tone_medium-light_skin_tone \
    1f468-1f3ff-200d-1f91d-200d-1f468-1f3fd=men_holding_hands_dark_skin_tone_medium_skin_tone \
    1f468-1f3ff-200d-1f91d-200d-1f468-1f3fe=men_holding_hands_dark_skin_tone_medium-dark_skin_tone \
    1f468-1f3ff-200d-1f9b0=man_dark_skin_tone_red_hair 1f468-1f3ff-200d-1f9b1=man_dark_skin_tone_curly_hair \
    1f468-1f3ff-200d-1f9b2=man_dark_skin_tone_bald 1f468-1f3ff-200d-1f9b3=man_dark_skin_tone_white_hair 1f469=woman \
    1f469-200d-2695=woman_health_worker 1f469-200d-2696=woman_judge 1f469-200d-2708=woman_pilot \
    1f469-200d-2764-200d-1f468=couple_with_heart_woman_man 1f469-200d-2764-200d-1f469=couple_with_heart_woman_woman \
    1f469-200d-2764-200d-1f48b-200d-1f468=kiss_woman_man 1f469-200d-2764-200d-1f48b-200d-1f469=kiss_woman_woman \
    1f469-200d-1f33e=woman_farmer 1f469-200d-1f373=woman_cook 1f469-200d-1f37c=woman_feeding_baby \
    1f469-200d-1f393=woman_student 1f469-200d-1f3a4=woman_singer 1f469-200d-1f3a8=woman_artist \
    1f469-200d-1f3eb=woman_teacher 1f469-200d-1f3ed=woman_factory_worker 1f469-200d-1f466=family_woman_boy \
    1f469-200d-1f466-200d-1f466=family_woman_boy_boy 1f469-200d-1f467=family_woman_girl \
    1f469-200d-1f467-200d-1f466=family_woman_girl_boy 1f469-200d-1f467-200d-1f467=family_woman_girl_girl \
    1f469-200d-1f469-200d-1f466=family_woman_woman_boy \
    1f469-200d-1f469-200d-1f466-200d-1f466=family_woman_woman_boy_boy \
    1f469-200d-1f469-200d-1f467=family_woman_woman_girl \
    1f469-200d-1f469-200d-1f467-200d-1f466=family_woman_woman_girl_boy \
    1f469-200d-1f469-200d-1f467-200d-1f467=family_woman_woman_girl_girl 1f469-200d-1f4bb=woman_technologist \
    1f469-200d-1f4bc=woman_office_worker 1f469-200d-1f527=woman_mechanic 1f469-200d-1f52c=woman_scientist \
    1f469-200d-1f680=woman_astronaut 1f469-200d-1f692=woman_firefighter 1f469-200d-1f9af=woman_with_white_cane \
    1f469-200d-1f9af-200d-27a1=woman_with_white_cane_facing_right 1f469-200d-1f9b0=woman_red_hair \
    1f469-200d-1f9b1=woman_curly_hair 1f469-200d-1f9b2=woman_bald 1f469-200d-1f9b3=woman_white_hair \
    1f469-200d-1f9bc=woman_in_motorized_wheelchair \
    1f469-200d-1f9bc-200d-27a1=woman_in_motorized_wheelchair_facing_right \
    1f469-200d-1f9bd=woman_in_manual_wheelchair 1f469-200d-1f9bd-200d-27a1=woman_in_manual_wheelchair_facing_right \
    1f469-1f3fb-200d-2764-200d-1f468-1f3fb=couple_with_heart_woman_man_light_skin_tone \
    1f469-1f3fb-200d-2764-200d-1f469-1f3fb=couple_with_heart_woman_woman_light_skin_tone \
    1f469-1f3fb-200d-2764-200d-1f48b-200d-1f468-1f3fb=kiss_woman_man_light_skin_tone \
    1f469-1f3fb-200d-2764-200d-1f48b-200d-1f469-1f3fb=kiss_woman_woman_light_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f468-1f3fc=woman_and_man_holding_hands_light_skin_tone_medium-light_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f468-1f3fd=woman_and_man_holding_hands_light_skin_tone_medium_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f468-1f3fe=woman_and_man_holding_hands_light_skin_tone_medium-dark_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f468-1f3ff=woman_and_man_holding_hands_light_skin_tone_dark_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f469-1f3fc=women_holding_hands_light_skin_tone_medium-light_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f469-1f3fd=women_holding_hands_light_skin_tone_medium_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f469-1f3fe=women_holding_hands_light_skin_tone_medium-dark_skin_tone \
    1f469-1f3fb-200d-1f91d-200d-1f469-1f3ff=women_holding_hands_light_skin_tone_dark_skin_tone \
    1f469-1f3fb-200d-1f9b0=woman_light_skin_tone_red_hair 1f469-1f3fb-200d-1f9b1=woman_light_skin_tone_curly_hair \
    1f469-1f3fb-200d-1f9b2=woman_light_skin_tone_bald 1f469-1f3fb-200d-1f9b3=woman_light_skin_tone_white_hair \
    1f469-1f3fc-200d-2764-200d-1f468-1f3fc=couple_with_heart_woman_man_medium-light_skin_tone \
    1f469-1f3fc-200d-2764-200d-1f469-1f3fc=couple_with_heart_woman_woman_medium-light_skin_tone \
    1f469-1f3fc-200d-2764-200d-1f48b-200d-1f468-1f3fc=kiss_woman_man_medium-light_skin_tone \
    1f469-1f3fc-200d-2764-200d-1f48b-200d-1f469-1f3fc=kiss_woman_woman_medium-light_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f468-1f3fb=woman_and_man_holding_hands_medium-light_skin_tone_light_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f468-1f3fd=woman_and_man_holding_hands_medium-light_skin_tone_medium_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f468-1f3fe=woman_and_man_holding_hands_medium-light_skin_tone_medium-dark_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f468-1f3ff=woman_and_man_holding_hands_medium-light_skin_tone_dark_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f469-1f3fb=women_holding_hands_medium-light_skin_tone_light_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f469-1f3fd=women_holding_hands_medium-light_skin_tone_medium_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f469-1f3fe=women_holding_hands_medium-light_skin_tone_medium-dark_skin_tone \
    1f469-1f3fc-200d-1f91d-200d-1f469-1f3ff=women_holding_hands_medium-light_skin_tone_dark_skin_tone \
    1f469-1f3fc-200d-1f9b0=woman_medium-light_skin_tone_red_hair \
    1f469-1f3fc-200d-1f9b1=woman_medium-light_skin_tone_curly_hair \
    1f469-1f3fc-200d-1f9b2=woman_medium-light_skin_tone_bald \
    1f469-1f3fc-200d-1f9b3=woman_medium-light_skin_tone_white_hair \
    1f469-1f3fd-200d-2764-200d-1f468-1f3fd=couple_with_heart_woman_man_medium_skin_tone \
    1f469-1f3fd-200d-2764-200d-1f469-1f3fd=couple_with_heart_woman_woman_medium_skin_tone \
    1f469-1f3fd-200d-2764-200d-1f48b-200d-1f468-1f3fd=kiss_woman_man_medium_skin_tone \
    1f469-1f3fd-200d-2764-200d-1f48b-200d-1f469-1f3fd=kiss_woman_woman_medium_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f468-1f3fb=woman_and_man_holding_hands_medium_skin_tone_light_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f468-1f3fc=woman_and_man_holding_hands_medium_skin_tone_medium-light_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f468-1f3fe=woman_and_man_holding_hands_medium_skin_tone_medium-dark_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f468-1f3ff=woman_and_man_holding_hands_medium_skin_tone_dark_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f469-1f3fb=women_holding_hands_medium_skin_tone_light_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f469-1f3fc=women_holding_hands_medium_skin_tone_medium-light_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f469-1f3fe=women_holding_hands_medium_skin_tone_medium-dark_skin_tone \
    1f469-1f3fd-200d-1f91d-200d-1f469-1f3ff=women_holding_hands_medium_skin_tone_dark_skin_tone \
    1f469-1f3fd-200d-1f9b0=woman_medium_skin_tone_red_hair 1f469-1f3fd-200d-1f9b1=woman_medium_skin_tone_curly_hair \
    1f469-1f3fd-200d-1f9b2=woman_medium_skin_tone_bald 1f469-1f3fd-200d-1f9b3=woman_medium_skin_tone_white_hair \
    1f469-1f3fe-200d-2764-200d-1f468-1f3fe=couple_with_heart_woman_man_medium-dark_skin_tone \
    1f469-1f3fe-200d-2764-200d-1f469-1f3fe=couple_with_heart_woman_woman_medium-dark_skin_tone \
    1f469-1f3fe-200d-2764-200d-1f48b-200d-1f468-1f3fe=kiss_woman_man_medium-dark_skin_tone \
    1f469-1f3fe-200d-2764-200d-1f48b-200d-1f469-1f3fe=kiss_woman_woman_medium-dark_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f468-1f3fb=woman_and_man_holding_hands_medium-dark_skin_tone_light_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f468-1f3fc=woman_and_man_holding_hands_medium-dark_skin_tone_medium-light_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f468-1f3fd=woman_and_man_holding_hands_medium-dark_skin_tone_medium_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f468-1f3ff=woman_and_man_holding_hands_medium-dark_skin_tone_dark_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f469-1f3fb=women_holding_hands_medium-dark_skin_tone_light_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f469-1f3fc=women_holding_hands_medium-dark_skin_tone_medium-light_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f469-1f3fd=women_holding_hands_medium-dark_skin_tone_medium_skin_tone \
    1f469-1f3fe-200d-1f91d-200d-1f469-1f3ff=women_holding_hands_medium-dark_skin_tone_dark_skin_tone \
    1f469-1f3fe-200d-1f9b0=woman_medium-dark_skin_tone_red_hair \
    1f469-1f3fe-200d-1f9b1=woman_medium-dark_skin_tone_curly_hair \
    1f469-1f3fe-200d-1f9b2=woman_medium-dark_skin_tone_bald \
    1f469-1f3fe-200d-1f9b3=woman_medium-dark_skin_tone_white_hair \
    1f469-1f3ff-200d-2764-200d-1f468-1f3ff=couple_with_heart_woman_man_dark_skin_tone \
    1f469-1f3ff-200d-2764-200d-1f469-1f3ff=couple_with_heart_woman_woman_dark_skin_tone \
    1f469-1f3ff-200d-2764-200d-1f48b-200d-1f468-1f3ff=kiss_woman_man_dark_skin_tone \
    1f469-1f3ff-200d-2764-200d-1f48b-200d-1f469-1f3ff=kiss_woman_woman_dark_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f468-1f3fb=woman_and_man_holding_hands_dark_skin_tone_light_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f468-1f3fc=woman_and_man_holding_hands_dark_skin_tone_medium-light_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f468-1f3fd=woman_and_man_holding_hands_dark_skin_tone_medium_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f468-1f3fe=woman_and_man_holding_hands_dark_skin_tone_medium-dark_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f469-1f3fb=women_holding_hands_dark_skin_tone_light_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f469-1f3fc=women_holding_hands_dark_skin_tone_medium-light_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f469-1f3fd=women_holding_hands_dark_skin_tone_medium_skin_tone \
    1f469-1f3ff-200d-1f91d-200d-1f469-1f3fe=women_holding_hands_dark_skin_tone_medium-dark_skin_tone \
    1f469-1f3ff-200d-1f9b0=woman_dark_skin_tone_red_hair 1f469-1f3ff-200d-1f9b1=woman_dark_skin_tone_curly_hair \
    1f469-1f3ff-200d-1f9b2=woman_dark_skin_tone_bald 1f469-1f3ff-200d-1f9b3=woman_dark_skin_tone_white_hair \
    1f46a=family 1f46b=woman_and_man_holding_hands 1f46c=men_holding_hands 1f46d=women_holding_hands \
    1f46e=police_officer 1f46e-200d-2640=woman_police_officer 1f46e-200d-2642=man_police_officer \
    1f46f=people_with_bunny_ears 1f46f-200d-2640=women_with_bunny_ears 1f46f-200d-2642=men_with_bunny_ears \
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

/// CLDR short names of emoji in ASCII: code points in hexadecimal without variation selectors, `=`, name.
///
/// Names with skin tones that follow from the name without are left out. Here are those below U+1F400, in
/// extensions the others. Written by `make_tables.py`.
enum EmojiNameTable {
  static let symbols = """
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
    1f3fe=medium-dark_skin_tone 1f3ff=dark_skin_tone
    """
}

/// The names of U+1F400 to U+1F46F. Written by `make_tables.py`.
extension EmojiNameTable {
  static let people = """
    1f400=rat 1f401=mouse 1f402=ox 1f403=water_buffalo 1f404=cow 1f405=tiger 1f406=leopard 1f407=rabbit 1f408=cat \
    1f408-200d-2b1b=black_cat 1f409=dragon 1f40a=crocodile 1f40b=whale 1f40c=snail 1f40d=snake 1f40e=horse 1f40f=ram \
    1f410=goat 1f411=ewe 1f412=monkey 1f413=rooster 1f414=chicken 1f415=dog 1f415-200d-1f9ba=service_dog 1f416=pig \
    1f417=boar 1f418=elephant 1f419=octopus 1f41a=spiral_shell 1f41b=bug 1f41c=ant 1f41d=honeybee 1f41e=lady_beetle \
    1f41f=fish 1f420=tropical_fish 1f421=blowfish 1f422=turtle 1f423=hatching_chick 1f424=baby_chick \
    1f425=front-facing_baby_chick 1f426=bird 1f426-200d-2b1b=black_bird 1f426-200d-1f525=phoenix 1f427=penguin \
    1f428=koala 1f429=poodle 1f42a=camel 1f42b=two-hump_camel 1f42c=dolphin 1f42d=mouse_face 1f42e=cow_face \
    1f42f=tiger_face 1f430=rabbit_face 1f431=cat_face 1f432=dragon_face 1f433=spouting_whale 1f434=horse_face \
    1f435=monkey_face 1f436=dog_face 1f437=pig_face 1f438=frog 1f439=hamster 1f43a=wolf 1f43b=bear \
    1f43b-200d-2744=polar_bear 1f43c=panda 1f43d=pig_nose 1f43e=paw_prints 1f43f=chipmunk 1f440=eyes 1f441=eye \
    1f441-200d-1f5e8=eye_in_speech_bubble 1f442=ear 1f443=nose 1f444=mouth 1f445=tongue \
    1f446=backhand_index_pointing_up 1f447=backhand_index_pointing_down 1f448=backhand_index_pointing_left \
    1f449=backhand_index_pointing_right 1f44a=oncoming_fist 1f44b=waving_hand 1f44c=OK_hand 1f44d=thumbs_up \
    1f44e=thumbs_down 1f44f=clapping_hands 1f450=open_hands 1f451=crown 1f452=womans_hat 1f453=glasses 1f454=necktie \
    1f455=t-shirt 1f456=jeans 1f457=dress 1f458=kimono 1f459=bikini 1f45a=womans_clothes 1f45b=purse 1f45c=handbag \
    1f45d=clutch_bag 1f45e=mans_shoe 1f45f=running_shoe 1f460=high-heeled_shoe 1f461=womans_sandal 1f462=womans_boot \
    1f463=footprints 1f464=bust_in_silhouette 1f465=busts_in_silhouette 1f466=boy 1f467=girl 1f468=man \
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
    1f46f=people_with_bunny_ears 1f46f-200d-2640=women_with_bunny_ears 1f46f-200d-2642=men_with_bunny_ears
    """
}

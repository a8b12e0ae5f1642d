"""Names that people in Britain bear, compiled for this product from general knowledge; nobody in particular is meant.

Sorted by how sure a word is to be a name: some are never anything else, some only when they are capitalised inside a
sentence, some only where the words around say that a person is meant. docs/privacy.md states what that finds.
"""

# Never an ordinary word, in whatever case.
SURE = frozenset(
    """
aadam aadya aaliyah aarav aaron aarya abbie abby abdi abdikadir abdirahman abdirizak abdul abdulla abdullah abdullahi
abdulrahman abena abeni abid abigail abimbola abiola abraham abubakar achieng ada adaeze adam adaobi addison adebayo
adeel adele adeola adewale adil adina aditi aditya adnan adrian adriana adunni aerin afia afolabi agata agnes agnieszka
agron ahmad ahmed aidan aiden aileen ailish aimee aisha aishah aisling aiysha ajay akeem akosua akram akua alan alana
alannah alasdair alastair albert alec aleena aleksandar aleksander aleksandra aleksandrs alessandro alexander alexandra
alexandru alexia alexis alfie alfred alice alicia alicja alina alisha alison alistair aliyah allison alonzo alun alyssa
ama amaan amadou amanda amani amara amarachi amba ameena amelia amelie amina aminata amira amit amity amrit amrita amy
ananya anastasia anders andre andrea andreea andrei andrew andrius andrzej andy aneesa aneesha aneurin angela angelica
angharad angus anika anil anisa anisha anita anjali anna annabel annabelle anne anneka annette annie annika ansh
anthony anton antoni antonia antonio antony anwen anya aoife arben archie areeba ariadne ariana arianna ariella
aristotelis arjun arkadiusz armaan armani arnav arnold artem arthur artur arturas arun arwen arya asad asha ashanti
ashleigh ashok ashraf asif asiya asma astrid athena aubree aubrey audrey aurelia auren aurora aweys axel ayaan ayaz
aydin ayesha ayisha aylin ayo ayodele ayokunle ayomide ayra ayub azaan azeem aziz azra babajide babatunde bahar bailey
baljit barbara bareera barney barry bartek bartosz bashir beata beatrice beatrix beau becky beibhinn bella benedict
benjamin bereket bernadette bernard bert bertie besnik beth bethan bethany bianca bibi bilal bilan billie billy bisi
blerim blerta blessy bogdan bogumila boguslaw bohdan boleslaw bongani bozena brad brandon branislav branwen brayden
brenda brendan brett brian bridget briony bronagh bronte bronwen bronwyn bruno bryan bryn bryony bukola cadi cahal
caitlin caitriona caleb callie callum calum calvin cameron camila camilla caoimhe caolan caragh carina carl carla
carlos carly carole caroline carolyn caron carwyn caryl caryn casey cassandra cassie catalin catalina caterina cathal
catherine cathy catrin catriona cecilia cecily cedric celeste celia celine celyn ceri cerys chanel chantal chantelle
charis charley charlie charlotte chelsie cherelle cherie cheryl cheyenne chiamaka chiara chidera chidi chidinma chike
chimamanda chinedu chinwe chioma chipo chloe chris christina christine christopher chukwuemeka cian ciara ciaran
cillian cindy ciprian claire clara clare claud claudia clementine cleo clint clive clodagh cody cohen colette colin
colleen conall connie connor conor constantin cora corey cormac cosmin cosmina courtney craig cristian cristina curtis
cynthia cyril czeslaw daanish dace dafydd dahir dainius daithi damian damien damilola damon dan danial daniel daniela
daniella danielle danil danny dante danuta daphne darcey darcy daria darius dariusz darragh darrell darren daryl daud
dave daveed david davina dawid dawit dawud deb debbie deborah debra declan deepa deepak deirdre delilah delroy delyth
demi denis denise dennis denzel deqa dereje derek dermot desiree desislava desmond devin devonte dexter dhruv diana
diane diarmuid diego dilan dilys dimitri dinah dinesh dionne dmitri dmytro dolores domantas dominic dominik dominika
donal donald donna donovan dora dorcas doreen dorian doris dorota dorothy dougal douglas dragana dragos driton dumitru
duncan dwayne dylan eamon ebo ebrahim ebunoluwa eddie edgar edie edith edmund eduard eduardo edward edwin effie efosa
efua egle eila eileen eilidh eimear eira eirlys eithne elaina elaine eleanor elena eleni eli elian elias elif elijah
elinor eliot elisabeth elise elisha eliza elizabeth ella ellen ellie elliot elliott ellis elodie eloise elowen elsa
elsie elton elvis elwyn emanuel emeka emil emile emilia emiliano emilis emily emir emma emmanuel emmeline emrys emyr
enda enid enzo eoghan eoin eric erica erik erika erin ernest esi esmae esme esmeralda esperanza esra estelle esther
ethan ethel euan eugene eugenia eva evan evangeline evelina evelyn evie ewa ewan eylul eyob ezekiel ezra ezri faduma
fadumo fahad fahim faisal faizan farah farai farhan farid farida faridah farzana fatema fathia fatima fatimah fatmir
fatou fatoumata fatuma fawad faye feargal felicia felicity felix femi feranmi fergus fernanda fernando fiadh fidelma
fikile filip filippa finlay finley finn finnian fintan fiona fionn fionnuala florentina florin flutura folake frances
francesca francine francis francisco franciszek franek frankie fred freddie freddy frederick freya frida gabby gabija
gabriel gabriela gabriella gabrielle gareth garfield garret garry gary gavin gaynor gbenga gemma genevieve geoff
geoffrey george georgie georgina geraint gerald geraldine gerard gerry gethin gheorghe gheorghita ghulam gianna gideon
giedre gillian gino gintaras giorgia giovanni gita giulia gladys glenda glenn glenys gloria glyn glynis gopal goran
gordon gosia gracie graeme graham grahame grainne grazyna greg gregor gregory greta griff grzegorz guillermo gulsen
gurdeep gurjit gurpreet gus gustav gwen gwenda gwendolyn gwilym gwyn gwyneth gwynne habib habiba hadi hadiya hadiza
hafsa hafsah haider hajra hakim hal halima halimah halina hamid hamish hamza hana hanad hanan hania hanna hannah hans
hareem haris harish harjit harleen harley harold haroon harper harpreet harriet harrison harry harshita harun haruna
hasan hashim hasnain hassan hattie havana hawa hayden hayley hebe hector heidi helen helena hendrix henrietta henrik
henry hermione hetty hiba hilary hilda hirut hodan homayun horia howard hristo hubert hugh hugo humaira humza husna
hussain hussein huw hywel iain ian ianis ibrahim ida idil idris iestyn ieva ifan ifeanyi ifeoluwa ifeoma ifrah iftikhar
ifza ignacy igor ihor ihsan ilhan iliana ilinca ilona ilyas ilze iman imani imogen imran inaaya inaya indie indira
ineta inga ingrid ioan ioana iolo iona ionela ionut iqra irene irfan irina isaac isabel isabella isabelle isaiah isha
ishaan ishani ishaq ishmael isidora isla isma ismaeel ismail isobel isolde issac ivan ivana ivayla ivica ivor iwan
iwona iyla izaan izabela izabella izzy jacek jackie jackson jaclyn jacob jacqueline jaden jadon jadwiga jadzia jagdeep
jagoda jahanara jaida jaiden jaime jake jakub jamaal jamal jameel jamelia james jamie jamila jana jane janet janice
janina janine janis janusz jared jaroslaw jarrod jasleen jasmeet jasmin jasmine jason jaspreet jaswinder javier jaxon
jaxson jayda jayden jaylen jayne jaz jeanette jeanne jeff jeffrey jemima jemma jenna jennie jennifer jenny jenson
jeremiah jeremy jerome jerzy jess jesse jessica jessie jethro jim jimmy jiri joan joana joanna joanne joao jocelyn
jodie jody joe joel joey johan johanna john johnathan johnny jolanta jolene jon jonah jonas jonathan jonny jordon jorge
jorja jose josef joseph josephine josh joshua josiah josie jowita joyce juan juanita juda judd jude judith judy jules
julia julian juliana julie juliet julita julius junaid jurate jurgita justas justin justina justyna kabir kacey kaci
kacper kaden kadie kadija kaia kaisha kaiya kaleb kamal kamila kamran kane kanye kara karan kareem karen karim karina
karl karolina karson kasey kashif kasia kaspars kasper kassidy kastriot katarina katarzyna kate katelyn katerina kath
katharine katherine kathleen kathryn kathy katie katrina katya kavita kavya kayden kaylee kayleigh kayode kazia
kazimierz keane keanu keegan keeley kehinde keira keiran keisha keith kellan kelly kelsey kelvin kemi kendra kenneth
kenny kenzie kerr kerri kerry keshia kestutis kev kevin keziah khadija khadijah khadra khalid khalil kian kiana kiera
kieran kieron kimberley kimberly kinga kiprop kira kiran kirsten kirsty kishan kitana kobi kofi kojo konrad kornelia
kourtney krasimir kris krishna kristian kristina kristine kristjan kristof kristupas krisztina krystian krystyna
krzysztof kuba kuldeep kulwinder kunal kunle kwabena kwadwo kwaku kwame kwasi kyan kyla kyle kylie kyra kyran kyrylo
lachlan lacramioara laiba laila lailah lakshmi laoise lara laraib larisa laszlo latifa latisha latoya laura lauren
laurence lauryn laurynas lawrence lawson layan layla layton leah leandro leanne leela leena leia leigha leila leilani
leland lena lennon lennox lenny leo leon leona leonard leonardo leonie leonora lerato leroy lesley leslie leszek
leticia lewis lexi lexie leyla liam liana liban libby liepa liga lilia lilian liliana lillian lilly lily lina linda
lindiwe lindsay lindsey lionel lisa liv livia liviu liz lizzie llewelyn llinos lloyd logan lois lola lora lorcan
lorelei loren lorenzo loretta lorna lorraine lottie louie louis louisa louise luan luana luca lucas lucia lucian lucie
lucinda lucja lucy ludmila luis luiza lukas lukasz luke luminita luna lwazi lydia lyla lyn lyndon lyndsey lynette lynn
lynne lyra maaz mabel mabli macey macie maciej macy madalina maddie maddison madeleine madeline madhav madison maeve
magda magdalena maggie maham mahbub mahdi maheen mahira mahmood mahmoud mahnoor maia maira maisie maizie maja makayla
makeda makenzie malachi malachy malak malakai malcolm malgorzata malik malika malina malwina mamadou mandeep manish
manjit manon manpreet mansoor mantas manuela marc marcel marceli marcella marcia marcin marco marcos marcus mared marek
margaret margarita margie margo margot maria mariam mariama mariana marianne marie mariella marija marilyn marina mario
marion marisa mariusz marjorie marla marlon marnie marta martha martin martina martyn martyna marvin marwa mary maryam
maryum marzanna marzena matas mateo mateusz mathew matilda matt matteo matthew matthias maude maura maureen maurice
mauricio mavis maximilian maximus maxine maya maymuna mayowa mayte mbali mbuso mckenzie meabh meera megan mehdi mehmet
mehreen mehret mehwish mel melanie melina melinda melissa meredith merryn merv micah michael michaela michal michalina
michele michelle mick mickey miguel mihaela mihai mikaeel mikael mikayla mikey miklos mikolaj mila milena milica
millicent millie milly milos milosz mimi mina minahil minh minnie mira mirabel miranda mireille miriam miroslav mirza
mischa mitch mitchell mitul moesha mohamad mohamed mohammad mohammed mohamud mohsin moira moises molly momina mona
monica monika monique morag morgan morris morwenna moses moshe motunrayo moya muad muhammad muhammed muiris mukhtar
muneeb muniba munir murad muriel murtaza musa mustafa mya myfanwy mykola myla myra myriam nabeel nabil nabila nadeem
nadia nadiia nadine nadir naeem nafisa naheed nahla nahom naima naledi nanci nancy naomi narges naseem nasir nasra
nasreen nasrin natalia natalie natan natasha nathalie nathan nathaniel naveed naveen navid navjot navya nayan nazia
nazma nazrul ncuti nebojsa ned neha neil nela nell nelly nelson nerys nesta nevaeh neve neville nevin ngozi niall niamh
nic nicholas nicky nico nicola nicolae nicolas nicole nicoleta niels nigel nikhil nikita nikki niko nikodem nikola
nikolai nikos nila nimco nimra nina niraj nirvana nisha nishant njoroge nnamdi noah noelle nokuthula nora noreen norman
nusrat nyah obinna octavia octavian odette odhran oisin oksana oladapo olaf oleg oleksandr oleksii olena olga olha
oliver olivia olivier oliwia oliwier ollie olumide oluwaseun oluwaseyi oluwatobi omar omari omolara oona oonagh
oreoluwa orla orlaith orlando osama oscar osian oskar osman otis otto ovidiu owain owen oyin ozzy paddy padraig paige
palesa paloma pamela paolo parisa parveen patricia patrick patrycja patryk patsy patti paul paula paulina pauline pavel
pawel pearse pedro peggy penelope percy perpetua perry petar pete peter petr petra petros phil philip philippa phillip
phoebe phyl phyllis piotr pippa plamen pooja porsha prabhjot prakash pranav preeti presley priscilla pritesh priti
priya priyanka przemyslaw quentin quinn rabia rachael rachel radek radhika radoslaw radu rae rafael rafal rafiqul
raheela raheem rahim rahma rahul raisa raja rajan rajesh rajinder rajvir rakesh ralf ralph ramla ramona rana randall
rania ranjit raphael raqiya raquel rasa rashid rashida rasmus raul ravi ravinder raya rayaan rayan raymond rayyan razia
razvan reanna rebecca rebekah reece reegan reem reema reese regan reggie regina rehan rehana rehman reinis rejwan remi
remus remy renata rene renee reshma reuben rhian rhianna rhiannon rhoda rhodri rhona rhonda rhydian rhys ricardo
richard richie ricky rico riddhi ridwan rihanna rikesh riley rima rishi rita ritchie ritesh riya rizwan roan robbie
robert roberta roberto robyn rochelle roderick rodica rodney rodrigo rogan roger rohan rohit roisin rokas rokeya
roksana roland romana romeo romesh romilly romy ronald ronan ronnie rory rosa rosalee rosalie rosalind rosalyn rosanna
rosanne roseanne rosemarie rosie roxana roxanne ruaridh rubab ruben rubie rubina ruby rudi rudo rudy rufus rukhsana
rukia rumana rupal rupert ruqayyah rushil ruslan rusne russell ruta rutendo ruth ryan rylan ryszard saad saanvi saba
sabah sabina sabine sabrina sacha sachin sade sadia sadiq saeed safa safiya safiyyah sagal sahil sahra saif saima saira
sajid sakina salah saleem saleh salim sally salma salman salome samaira saman samanta samantha samara sameena sameer
samia samir samira samiya sammi sammy samson samual samuel sandeep sandi sandra sania sanjay sanjeev sanna saoirse sara
sarah sarina sarita sascha sasha saskia satinder satnam savanna savannah scarlett seamus sean sebastian segun selam
selena selina selma senara seoras seren serena sergei sergio sergiu serhii seth shabana shabnam shaheen shahid shahida
shahzad shaina shaista shakeel shakira shalini shamim shamima shamso shamsul shane shania shanice shannen shannon
shanthi sharif sharmila sharna sharon shaun shauna shawn shayla shayna shazia sheena shehzad sheila shelby shelina
shelley shelly shereen sheridan sherry sheryl shez shilpa shirley shiv shivani shona shpresa shreya shyam sid siddharth
sidney sidra siegfried sienna sigrid silas sile silvia silviu simeon simon simona simone simran simranjit sinead
siobhan sipho siwan sizwe skye skyla skylar skyler slawek slawomir smita sneha snezana sobia sofia sofie soha sohail
solomon somaya sonal sonali sonia sonja sonya sophia sophie soraya sorcha soren sorin sorina stacey stacy stan
stanislav stanislaw stanley stefan stefania steffan stella steph stephanie stephen steve steven stevie stewart stoyan
stu stuart subhan sufyan suhayb sukhdeep sukhi sukhraj sukhvinder sulaiman suleman sultana sumaiya suman sumaya sumera
sunil sunita suraj suresh surinder susan susanna susannah susie suzanne suzie suzy svetlana svitlana swati syd syed
syeda sylvia sylvie sylwia szymon tabassum tabitha tadeusz tadhg tafadzwa tahir tahira tahmid tahmina taibah taiwo
talha talia taliesin taliyah tallulah tamara tamika tamsin tamzin tanisha taniya tanveer tanvir tanya tanzeela taran
tarek tariq tarun tasha tasnim tatenda tatiana tatjana tayla taylan tayo tayyab ted teddy tegan tegid temitope tendai
terence teresa terri terry tess tessa tetiana tewodros thabo thalia thandiwe thea theadora thelma theo theodora
theodore theresa therese thomas tiago tiana tiarna tiegan tiffany tilly tim timothy timur tina tinashe tobi tobias
tobiloba tobin toby todd tom tomas tomasz tommy toni tonia tony torin tracey tracy traian travis trevor tricia trish
tristan tsegay tsvetelina tudur tunde tyler tymoteusz tyra tyree tyrell tyrese tyrone uchenna ugne ugochukwu ukrainka
ultan umair umar umer ursula usama usman vaida valbona valdis valentina valentyna valerie vanessa vanya vasile vasilica
vasyl vern veronica veronika vicky victor vidya vijay vikram viktor viktoria viktorija vincent vinny viorel vitalie viv
vivek vivian vivien vivienne vjosa vlad vladimir vladislav volodymyr vytautas wahida waleed wallace walter wanjiku
waqar waqas warren warsame wayne wendy weronika wesley wiktor wiktoria wilf wilfred wilhelm wilhelmina william wilma
wilson winifred winnie winston wiola wioletta wislawa wojciech wole xander xanthe xasan xavier ximena yahya yahye yana
yaqub yara yaroslav yasin yasir yasmeen yasmin yasmina yassin yefim yelena yemi yetunde yevhen yewande yinka yolanda
yonas yordanka younis yousef youssef yousuf yulia yuliia yunus yuri yusra yusuf yuvraj yvette yvonne zac zach zachariah
zachary zack zada zahid zahir zahra zaid zain zaina zainab zak zakaria zakariya zakariyya zamzam zanda zane zanele
zaneta zara zarah zayd zayn zayna zaynab zaynah zbigniew zdzislaw zeeshan zehra zeinab zelda zeljko zena zenobia zeynep
zhanna zia zigmas zita ziva zlatan zobia zoe zoey zofia zohaib zoltan zoraida zoya zsofia zsuzsanna zubaida zubair
zuber zuhra zunaira zuzanna zyaire zyan zygmunt
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# A name when it is capitalised inside a sentence, or at its beginning with what a person does after it.
CAPITALISED = frozenset(
    """
abi alex ali alma amal amir ana anan angel ann aran aria asher ashton ava barkley basil bea beck ben bev bill blake bob
bobby bonnie brody buddy caden cairo cal cara carmen carol carrie carys cath chad chelsea christian christy clark cole
cruz daisy dawn dean delia della demetrius di dillon dina drake dre drew dwight eden elle elspeth ena etta eve fay
ffion fi fletcher fleur flo flora fran frank fraser gaby gaia gail geri gert gil gina ginny glen grant harvey heather
holly ines inez ira iris isa isaak iva ivo ivy jack jade jai jak jay jaya jayce jean jed jill jo jolie joni jordan juno
kade kai kat kay kayla kaz keir kel kelis ken kiki kim kit kitty koa kyrie lacey lana lani laurie lee leigh lexus lia
lilith lisbeth lou lowri luc mac mali mandy manny marley marshall marty matty max meena meg meghan mercedes mia mike
milan miles milo mo moe nadya nate neeta nettie nia nick niki noel norma nour nova nyla ola olive omid ora oran orson
paisley pam pat paz pearl penny pia polly poppy queenie raj ramsey rani ray reid rex rhea ria rian rick rob robin rocco
roddy rohaan ronny roo rosemary ross rowan rowena roxy roy russ sadie sal sandy saul scott shah shan shay shea shiloh
sia sian sonny ste sue suki tara thaddeus tia tiff tod tory trey trudy ty tyson uma umayr val vera vic victoria wes
willem yaw yoel zeb zed zeke zion zora zuri
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# Words first: names only beside a title, kin or another name.
DOUBTFUL = frozenset(
    """
amber april archer ariel art ashley aspen august austin autumn bay beverley blaze blessings blossom brook brooke
brooklyn cadence candy cash chance charity chase chester christmas clay cliff constance constant cooper coral crystal
dakota dale dash denver destiny devon dolly don duke earl ebony ember faith fern florence ford gale gem georgia ginger
grace gray guy happy harmony haven hazel heaven herb hope hunter india israel jan jasper jewel joy june justice kenya
king kingston knox lake lance lane laurel legend les liberty lincoln lotus lux mark marlowe mason maverick may melody
mercy messiah misty moss nan norm ocean opal paris parker patience peace phoenix piper porter preston pride prince
princess promise prudence rain rainbow reed rich river rod roman rose royal rusty saffron sage sailor saint santana
savvy scout skip sky smith star sterling storm summer sunny sydney tatum tiger trinity troy tudor unity van venus
verity victory violet virginia wade ward warwick will willow winter wolf wood wren zeal
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# After a given name in any case; alone when capitalised inside a sentence.
SURNAMES = frozenset(
    """
abdi abdullahi achebe adams adebayo adeleke adeyemi afolabi agarwal aguilar ahmadi ahmed akhtar akintola akinyemi ali
allen anderson andrews antonescu appiah armstrong arslan asante asghar ashworth aslam atkins atkinson awan ayodele baig
bailey balogun banerjee bannister barnes barrett bartlett bashir bates beckett bennett bhatt bhatti bianchi boateng
bogdanov botha bowen boyle bradley bradshaw brennan briggs burke burton butt byrne caldwell cameron campbell carr
carroll cartwright chaudhary chaudhry choudhury chowdhury clarke clough coleman collins connolly conway costa craig
crawford crosby cunningham curran curtis daly dang daniels davidson davies davis davison dawson delaney deng desai
devlin dhillon diallo dixon dobson docherty doherty donnelly donovan doyle duffy duncan dunne dziedzic edwards ellis
emmanuel evans eze farooq farrell faulkner fawcett ferguson fernandes fernandez fitzgerald fitzpatrick flanagan flynn
forde gallagher garcia gardner georgiou ghosh gibbons gibson gill gomes gonzalez goodwin gough graham greenwood griffin
griffiths grzybowski gunn gupta hadley haque hargreaves harris harrison hartley hashmi hassan hewitt hickey higgins
hinton hodgson holmes horvath houghton howarth howell huang hughes hussain hussein hutchinson ibrahim iftikhar ilyas
iqbal irwin islam ivanov ivanova jablonski jackson jacobs jakubowski jankowski janowski jarvis jenkins jennings johal
johnson johnston johnstone jones joshi kaczmarek kamara kamau kaminski kapoor kaur kavanagh kazlauskas kearney keating
keegan kelleher kemp kennedy keogh khan khanum khatun kiely kirby kirk kowalczyk kowalska kowalski kozlowski krasniqi
krawczyk kumar kuznetsov lambert lawson leonard lewandowski lewis liang liu lowe lynch macdonald macgregor machado
maciejewski mackay mackenzie maclean madden maguire mahmood mahmud mahoney majewski malik malone mansell matthews mazur
mbeki mcallister mccann mccarthy mccormack mcdonald mcdonnell mcgowan mcgrath mcguire mcintyre mckay mckenna mckenzie
mclaughlin mclean mcmahon mcnally mehta mendes mensah miah michalski middleton milewski mirza mishra mistry mitchell
mohamud molloy molnar moloney moran morrison mukherjee mulligan mumtaz murphy murray musa mutasa nadeem nagy naidoo
nair naqvi nasir nawaz ncube ndiaye ndlovu nguyen nkosi nnaji nolan novak nowak nowakowski nwosu o'brien o'connor
o'donnell o'hara o'leary o'malley o'neill o'reilly o'sullivan obi obrien ochieng oconnor odonnell odriscoll ogunleye
ohara ojo okafor okeke okonkwo okoro okoye olaniyan oleary oliveira olsen omalley oneill onyeka opoku oreilly osei
osman osullivan otieno owusu pandey parveen patel pawlowski pearce pearson pereira perera perkins petrauskas petrov
petrova pham phiri pietrzak pillai popa popescu popov powell prasad pritchard quigley quinn qureshi radu rafiq rahman
ramirez rana rasheed rashid reddy rees rehman reid reilly reynolds richards richardson riley roberts robertson robinson
rodrigues rogers rossi rowlands roy rutkowski ryan sadiq saeed sahota salah saleem salim samuels sandhu santos saunders
schmidt sesay sethi shah shaikh sharif sharma shaw sheikh sheridan siddiqui sidhu sikora silva simmonds simmons simpson
sinclair singh smith smyth soares sobczak solanki sommer sousa spencer stephens stephenson stevens stevenson stewart
stoica suleiman sullivan sultana sutherland sutton szabo szczepanski szymanski tahir tanaka taylor thapa thompson
thomson tomlinson toth tran trinh turay uddin udoh ullah usman varga vargas vasile vaughan verma virk walczak wallace
walsh walton warsame wasilewski watkins watson watts weldon whelan whitehead wieczorek wilkins wilkinson williams
williamson willis wilson wisniewska wisniewski wojcik wong wozniak wright wrobel wrona wu yadav yang yildiz yilmaz
yusuf zafar zajac zaman zhang zhao zhou zielinski zulu
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)

"""The words around a name that make it one, and the capitalised words that are none."""

TITLES = frozenset(
    """
mr mrs ms mx
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# Only before a capital letter or a name: 'miss a meeting', 'the DC'.
OTHER_TITLES = frozenset(
    """
aunt auntie aunty cllr councillor dc di dr ds grandad grandma granny imam master miss nana nanny pastor pc pcso prof
professor ps rev reverend sgt sir sister uncle wpc
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
FAMILY = frozenset(
    """
aunt auntie aunty babies baby birthday boyfriend brother brothers cousin dad daddy dads daughter ex family father
foster girlfriend gran grandad grandfather grandma grandmother grandpa grandparents granny husband mam mom mommy mother
mother-in-law mum mummy mums nan nana nanna nans parent parents partner sibling siblings sister sisters son stepdad
stepdaughter stepfather stepmother stepmum stepson twin uncle wife
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# 'Jayden's …' is a name when it is listed anyway; an unlisted word is one before these alone.
KIN_AFTER = FAMILY - {"foster", "partner", "family", "baby", "babies", "parents", "parent", "twin", "wife", "husband"}
# 'little Amy', 'mum Zyaire'.
BEFORE = frozenset(
    """
aunt auntie aunty baby boyfriend brother cousin dad daughter father girlfriend gran grandad grandfather grandma
grandmother husband little mam mom mother mum nan partner sibling sister son stepdad stepmum toddler uncle wife young
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
ROLES = frozenset(
    """
advocate assistant carer chair childminder colleague coordinator cp doctor dsl friend gp head headteacher health hv iro
landlord manager mentor midwife neighbour nurse officer paediatrician practitioner psychologist receptionist senco
solicitor sw teacher therapist tutor visitor worker
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
ROLES_MEANT = ROLES - {"health", "cp", "gp", "head", "chair", "officer", "manager", "visitor", "colleague", "friend"}
CHILDREN = frozenset(
    """
baby boy child dad girl kid lad lass man mum one person pupil someone student teenager woman
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
HOUSEHOLD = frozenset(
    """
baby boys brothers case children family girls household kids parents siblings sisters twins
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
DOES = frozenset(
    """
also always and asked asks attended called came can't comes did didn't disclosed does doesn't feels felt gets goes got
had has hasn't hates is isn't keeps kept likes lived lives loves missed needed needs never or rang said says stayed
tells told turned wanted wants was wasn't went who won't
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# What only a person does, and what is done only to one: enough even for a word that is seldom a name.
SAYS = frozenset({"said", "says", "told", "asked", "felt", "lives", "lived", "wants", "wanted", "disclosed", "cried"})
TOLD = frozenset({"told", "asked", "rang", "phoned", "texted", "thanked", "met", "visited"})
# Whatever follows a name and makes a place, a body or a law of it.
PLACES = frozenset(
    """
academy act association avenue borough building center centre charity church city clinic close college council county
court crescent district drive enquiry estate ford foundation framework gardens grammar grove hall high hill hospice
hospital house hub index infant infants inquiry institute island junior lane law lodge medical mews model nursery park
place practice primary programme project report report's review road room rule rules scale school society square street
surgery team terrace test tool town trust unit university valley ward way
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)
# Capitalised for other reasons than being a name.
NO_NAMES = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december easter christmas ramadan eid diwali summer autumn winter spring
child childs children childrens young person people family families parent parents mum dad mother father carer carers
baby babies client clients patient patients pupil pupils student students teenager boy girl nobody nobodys everyone
everybody someone somebody anyone other others another one ones each every either both none
early help hub years year foundation key stage local authority authorities council councils county borough district
social work worker workers care services service children's childrens safeguarding partnership partnerships board
protection plan plans planning core group groups conference conferences review reviewing officer officers health visitor
visitors visiting school schools nursing nurse nurses midwife midwifery midwives hospital hospitals trust trusts gp gps
surgery surgeries practice police probation housing education adult adults mental community youth justice offending
voluntary sector charity women aid refuge drug alcohol substance misuse team teams meeting meetings minutes agenda
chair chairs chairing manager managers head heads teacher teachers deputy designated lead leads leader senior
section working together signs safety three houses strengthening strengths danger statement statements scaling scale
graded profile neglect toolkit threshold thresholds level levels tier continuum need needs assessment assessments
escalation policy procedure procedures guidance act law bill order orders court courts legal letter public private
outline framework strategy strategic discussion contact contacts form forms report reports referral referrals
training learning audit audits voice wishes feelings life story right first best good better great well more most less
least no not yes ok okay thanks thank please also but and or if when where while why who whom whose what which how
then than this that these those there here it its he she they we i you us our ours my mine your yours his her hers
their theirs the a an to too in on at by for from of off out over under up down with without about after before
during since until again only just very much many some any all few lot lots so such same still yet already soon
always never often sometimes usually maybe perhaps really actually honestly basically currently recently previously
am is are was were be been being do does did done have has had having can could will would shall should may might must
ask asked tell told say said make made get got give given take taken bring brought keep kept let put see seen
need needed want wanted try tried use used know known think thought feel felt look looked find found share shared
send sent receive received attend attended invite invited hold held run ran start started stop stopped end ended
new old big small long short high low late early full empty clear open closed free busy hard easy simple plain
english welsh scottish irish british polish romanian roma romany gypsy traveller travellers somali bengali urdu punjabi
pashto arabic turkish kurdish ukrainian afghan syrian pakistani indian bangladeshi nigerian african caribbean asian
european muslim christian hindu sikh jewish catholic black white mixed
surrey sandwell shropshire solihull buckinghamshire bucks england wales scotland ireland britain uk london birmingham
manchester leeds liverpool sheffield bristol essex kent sussex norfolk suffolk devon cornwall dorset somerset hampshire
wiltshire oxford oxfordshire cambridge cambridgeshire bedfordshire hertfordshire berkshire gloucestershire
worcestershire warwickshire leicestershire nottinghamshire derbyshire staffordshire cheshire lancashire yorkshire
cumbria durham northumberland guildford woking reigate telford shrewsbury dudley walsall coventry reading slough
north south east west northern southern eastern western central midlands thames valley metropolitan
microsoft outlook word excel office windows google zoom skype whatsapp facebook instagram snapchat tiktok youtube
ofsted cafcass camhs nspcc barnardo barnardos childline mosaic liquidlogic carefirst systmone emis rio capita niche
mash icpc rcpc dsl hv sw iro lado marac mappa cin cp cla lac ehcp sen send senco fgc pru lscb lscp ics tac taf dv da
virtual face remote online hybrid table tables page chat paper flip chart question questions point points idea ideas
issue issues problem problems example examples note notes nb ps re fyi asap am pm covid pandemic brexit lockdown
half term bank holiday world book day week month weekend morning afternoon evening night today tomorrow yesterday
red amber green blue rag brag number numbers figure figures percent total
restorative trauma informed systemic motivational interviewing solution focused serious case domestic abuse violence
sexual exploitation criminal harm contextual missing return interview home homes placement placements foster fostering
adoption kinship special guardianship support supported supporting supervision supervised independent advocate
specialist intensive targeted universal multi agency agencies professional professionals practitioner practitioners
information sharing gdpr data protection consent confidentiality confidential record records recording system systems
email emails phone text call calls video link links diary calendar invite invitation invitations
respectful uncertainty professional curiosity challenge drift delay outcomes outcome action actions smart timescale
timescales contingency step stepdown transfer transition transitions handover caseload caseloads retention recruitment
agency staff staffing duty desk front door single request list admin administration business
child-friendly three-houses brook circle sure start homestart relate samaritans crisis shelter mind turning
inclusion reach catch pause change grow growing futures future bridge bridges horizon compass
nhs mosaic's teams's commissioner ombudsman secretary minister government parliament treasury department
""".split()  # noqa: SIM905 (lines of words are kept more easily than a literal each)
)

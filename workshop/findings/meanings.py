"""Words of the field that mean the same: ``dad`` and ``father``, ``turn up`` and ``attend``, ``GCP2`` and ``neglect``.

Practitioners say one thing in many words, and a hundred points are too few to learn that from. The list was drawn up
from public reports of such work and the trade's own abbreviations. A word stands under one meaning only.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from workshop.findings.wording import stems

# meaning: words and phrases; a line that begins with a blank goes on with the one above.
_LIST = """
minutes: minutes, notes of, record of the meeting, meeting record, typing, typed, minute taker, note taker,
    notetaking, write up, written up
admin: administrative, administration, admin, administrator, clerk, business support
ahead: ahead, advance, notice, early, earlier, beforehand, diary, diaries, calendar, dates, date, schedule,
    scheduled, scheduling, booked, prior
late: late, delay, delayed, slow, quicker, sooner, promptly, prompt, timely, timeliness, time limit, deadline,
    drift, in good time, weeks, circulated, circulate, distribution, distributed
invite: invite, invitation, invited, invites, asked along, included, distribution list, involve, involved,
    involvement, left out
venue: venue, location, office, offices, building, centre, premises
timing: evening, shift, shifts, school run, time of day, daytime, after school
remote: remote, online, virtual, video, teams link, teams call, teams meeting, zoom, skype, dial, phone in,
    conferencing, conference call, telephone, hybrid, microsoft teams
attend: attend, attendance, attended, attending, absent, absence, turn up, turned up, show up, come to, deputy,
    deputies, represent, representative, same person, quorate, commitment
report: report, template, form, proforma, written update, update, paperwork
training: training, train, trained, induction, course, learning, e-learning, elearning, workshop, briefing, newly
    qualified, awareness, upskill
chair: chair, chairing, chairs, chaired, chairperson
challenge: challenge, escalate, escalation, disagree, disagreement, dispute, resolution, resolve, confident,
    confidence, speak up, whistleblowing
sharing: share information, information sharing, sharing info, info, information, communicate, communication, tell,
    told, inform, informed, pass on, let know, notify, notification, contact, hear back
feedback: feedback, feed back, outcome of referral, never hear, outcome letter, chase, chasing, black hole, silence,
    no further action, nfa
role: role, responsibility, responsibilities, who does what, each other's job, remit, duties, understanding of
    roles, job, expectations
ownership: ownership, own, shared responsibility, collective, jointly, joint, social care to do, left to the social
    worker, accountable, accountability, all agencies, every agency, everybody, everyone, together
voice: voice, view, views, wish, wishes, feeling, feelings, heard, child's view, opinions, lived experience, direct
    work, what they think, what children want, listen, listened, observation
father: father, dad, daddy, stepdad, stepfather, male, males, men, partner, boyfriend
mother: mother, mum, mummy, mom, stepmother
jargon: jargon, acronym, abbreviation, plain english, plain language, terminology, wording, understand the words,
    easy read, accessible, simple words, long words, technical
interpreter: interpreter, interpret, interpreting, translate, translation, translated, translator, language line,
    little english, english as an additional language, non english speaking, bilingual
intimidating: intimidate, intimidating, judged, frightened, scared, afraid, overwhelming, overwhelmed, outnumbered,
    anxious, fear, nervous, ganged up, done to, worried, hostile
compliance: disguised compliance, compliance, cooperate, superficial, optimistic, optimism, say yes, lip service,
    pretend, play us off, go through the motions, at their word, sabotage
smart: smart, smarter, specific, measurable, achievable, timescale, timescales, timeframe, clear plan, by when, name
    and date, target, deadline for action, outcome focused
review: review, reviewed, reviewing, revisit, revisited, updated, progress, monitor, tracked, tracking, check, line
    by line, last time, ticked off
scaling: scaling, scale, scaled, grading, signs of safety, sos, mapping, danger statement, safety goal, strengths
    based, strengths, strengthening families, 0 to 10
contingency: contingency, plan b, go wrong, goes wrong, fails, fail, bottom line, out of hours, safety plan, crisis,
    emergency, back up plan
stepdown: step down, stepping down, stepped down, step-down, handover, hand over, transition, transfer, after the
    plan ends, early help, closing, closed, case closes, exit
outcomes: outcome, outcomes, impact, difference, safer, better for children, improve, improved, improvement, repeat
    plan, come off
caseload: caseload, caseloads, workload, capacity, vacancies, vacancy, recruitment, staffing, resources,
    understaffed, too busy, overloaded, stretched, stress, stressed, sickness, burnout, burn out, pressure, no time
turnover: turnover, change of social worker, changes of worker, new social worker, consistency, consistent,
    continuity, same worker, stability, agency staff, come and go, leave, leaves, leaving, constant change, new
    worker, new workers, another worker, keeps changing, change of worker, change of staff
supervision: supervision, supervise, reflective, reflection, management oversight, space to think
threshold: threshold, thresholds, criteria, level of need, continuum, level 2, level 3, level 4, bar
referral: referral, refer, refers, mash, front door, signpost
consent: consent, permission, gdpr, data protection, confidentiality, confidential, signature, signed, withdraw,
    withdrawn, agree to
neglect: neglect, graded care profile, gcp2, gcp, home conditions
abuse: domestic abuse, domestic violence, dv, dva, perpetrator, marac, victim, dash
exploitation: exploitation, exploited, cse, cce, county lines, grooming, gangs
mentalhealth: mental health, camhs, depression, anxiety, wellbeing, psychiatrist, psychology
substance: substance, drug, drugs, alcohol, addiction, drinking
school: school, teacher, education, dsl, designated lead, head teacher, headteacher, nursery, pupil
gp: gp, doctor, surgery, practice nurse, primary care
nurse: health visitor, school nurse, midwife, midwives, hv, nurse
police: police, officer, constable
housing: housing, landlord, tenancy, homeless
socialworker: social worker, social workers, sw, social care, csc, children's services
template: standard template, standardised, standard, agenda, structure, structured, checklist
prebirth: unborn, pre-birth, prebirth, pregnancy, pregnant, baby, babies
disability: disability, disabled, sen, special needs, learning difficulties, learning disability
chronology: chronology, history, timeline, chronologies, pattern over time, put together the history, incidents over
    time
culture: culture, cultural, ethnicity, diversity, faith, religion
system: system, computer, database, lcs, recording, portal, e-mail, email, systems, login, logins,
    log in, software, spreadsheet, shared drive, record
tools: tool, toolkit, assessment tool, screening
childcare: childcare, creche, crèche, babysitter
transport: transport, bus, buses, travel, taxi, lift
respect: friendly, welcome, welcoming, comfortable, kind, kindness, trust, relationship, rapport
waitinglist: waiting list, waiting lists, wait for, waits, long wait, backlog, queue
cuts: cuts, shut, funding, funded, services gone, lose funding, budget, money for, closure of, commissioning
homevisit: home visit, home visits, visits, visit, visited, unannounced, bedroom, bedrooms, fridge, doorstep
notbrought: was not brought, not brought, wnb, did not attend, dna, missed appointment, missed appointments, missed
    health appointments
poverty: poverty, poor, money, debt, debts, benefits, food bank, foodbank, vouchers, income, deprivation, cost of
    living, hardship
alert: operation encompass, encompass, alert, alerts, notifications, call out
advocate: idva, idvas, advocate, advocates, advocacy
therapy: therapy, therapeutic, counselling, counsellor, counsellors, play therapy, trauma, trauma informed
reach: get hold of, get through, unanswered, out of office, phone number, phone numbers, direct number, contact
    details, contact list, answer the phone, voicemail, messages, get in touch
blame: blame, blamed, blaming, defensive, cover their backs, finger pointing
missing: missing, runaway, run away, absconding, absconded, missing from home, return interview, return home
    interview
online: online safety, social media, snapchat, internet, phones, grooming online, gaming
transition: turning 18, turn eighteen, eighteen, adulthood, adult services, adults' services, care leaver, care
    leavers
conference: conference, conferences, icpc, rcpc, initial conference, review conference, iro
strategy: strategy meeting, strategy discussion, section 47, s47
safeguardinglead: safeguarding lead, named nurse, designated doctor, single point of contact, spoc, champion,
    champions, link worker, lead professional
colocation: co-location, co-located, colocated, same building, same office, sit together, sitting together, under
    one roof
goodrelations: good relationships, work well together, good working relationships, know each other, teamwork,
    working together, partnership working
grandparents: grandparents, grandparent, extended family, wider family, kinship, aunts, family group conference,
    family group conferences, fgc
young: teenager, teenagers, adolescents, young person, young people
bankholiday: weekend, weekends, holidays, edt, bank holiday, night, nights
guidance: guidance, guide, leaflet, handbook, procedure, procedures, policy, policies, protocol, flowchart, one page
thanks: thank, praise, celebrate, recognise, recognised, recognition, good practice
"""


def meanings(said: Sequence[str]) -> list[str]:
    """The meanings of stems in their order; the longest phrase counts, what stands under none is left out."""
    return list(_found(said))


def _found(said: Sequence[str]) -> Iterator[str]:
    known, longest = _known()
    start = 0
    while start < len(said):
        for length in range(min(longest, len(said) - start), 0, -1):
            meaning = known.get(tuple(said[start : start + length]))
            if meaning is not None:
                yield meaning
                start += length
                break
        else:
            start += 1


@cache
def _known() -> tuple[dict[tuple[str, ...], str], int]:
    known: dict[tuple[str, ...], str] = {}
    for line in _LIST.replace("\n    ", " ").strip().splitlines():
        meaning, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            known.setdefault(tuple(stems(phrase)), meaning)
    return known, max(map(len, known))

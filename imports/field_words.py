"""The words of the field, and which of them mean the same. Data alone: `imports.meanings` reads texts by it.

Words and phrases on one line mean exactly the same, in the singular. Words that are only alike stand in NEAR:
they bring a proposal, never a certain match.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# meaning: words and phrases. "@SA" is the service whose indicators' codes begin with SA.
SAME = """
person: people, individual, client, service user, person, su, beneficiary
survivor: victim, survivor, victim survivor
adult: adult, over 18, aged 18 and over
child: child, children, under 18, kid, childern
withchildren: with child, with children
young: young people, young person, youth, teenager, adolescent, children and young people, cyp
parent: parent, carer, parents and carer, parent carer, guardian
family: family
household: household, hh, houshold, houehold
female: female, woman, women
male: male, man, men
partner: partner, ex partner
professional: professional, practitioner
staff: staff, worker, employee
referral: referral, ref, referal, refferal, refferral
referred: referred, refer, refered, reffered
received: received, recieved, recd
repeat: repeat, repeated
rereferral: re referral, re referred, rereferral, rereferred, referred again
self: self, self referred, self referral
agency: agency, third party, agency referred, referred by agency
onward: onward, passed on, passed, signposted, referred on, transferred on
longterm: longer term, long term, longer term service, long term service, longer term support, long term support
without: without
without supported: no support given, no support provided, no support offered, with no support given
without supported: without support, with no support, without any support, no support
supported: supported, support, suported, supporting, helped, assisted, in receipt of support, worked with
accommodated: accommodated, housed, placement, placed, rehoused in safe accommodation
unable: could not support, not able to support, could not help, unable to help, unable to assist
unable: could not take, could not offer a place
unable: unable to be supported, unable to support, could not be supported, turned away, not able to be supported
unable: unable to accommodate, unable to be accommodated, not accommodated, could not be accommodated
capacity: we were full, was full, refuge full, capacity, space, lack of space, lack of capacity, no space
capacity: no capacity, because of capacity
capacity: due to capacity, because of lack of capacity
norecourse: no recourse, no recourse to public funds, nrpf, no recourse or no funding
unmet: unmet need
declined: declined, refused, rejected, decline, refusal
accepted: accepted, acceptance
suitable: suitable, suitability
assessed: assessed, assessment
satisfied: satisfied, satisfaction
safer: safer, feel safer, feeling safer, felt safer
better: better, improved, improvement, improve
cope: cope, coping
reduced: reduced, reduction, lower, decreased
risk: risk
high risk: high risk, high
medium risk: medium risk, medium
standard risk: standard risk, standard
generalpractice: general practice, gp
child social care: csc, children social care
adult social care: asc
evidenced: evidenced, evidence
planned: planned
unplanned: unplanned
engaged: engaged, engagement
closed: closed, closd, closure, case closure, ended, ending
exit: exit, exited, leaver, left, leaving, departure, departed
moved: moved on, move on, moving on, moved, moving
new: new, opened, newly opened, newly, taken on
open: open, active
open case: caseload, caseload open, on book
open start: brought forward, opening caseload
open end: carried forward, closing caseload
case: case
start: start, beginning, outset
end: end, close of, last day
starting: starting, started, starter, commenced, commencing, commence
completed: completed, completing, completer, completion, complete, finished, finishing
done: undertaken, carried out, written, drawn up, delivered, provided, supplied, submitted, held, done
made: made
programme: programme, program, prog
call: call, phone call, telephone call
callout: call out, callout
helpline: helpline, help line
answered: answered, taken, picked up
offered: offered
missed: missed, abandoned, unanswered, lost call
digital: digital, online
chat: chat, web chat, webchat, live chat, online chat
email: email, e mail
text: text, text message, sms
contacted: contacted, contact
advice: advice, advised
first: first
prompt: prompt
wait: wait, waiting, waiting list, awaiting
allocation: allocation, allocated
longest: longest, maximum
median: median
average: average, mean, per week
length: length
stay: stay, stayed, length of stay
night: night, bed night, unit night, bednight
available: available, avail
occupied: occupied, occupancy, used, filled, occ, let, occupency
void: void, unoccupied, empty
unit: unit, self contained unit
bedspace: bedspace, bed space, bed
commissioned: commissioned
outside: outside, out of
settled: settled
ready: ready
supportplan: support plan
safetyplan: safety plan, safety planning, saftey plan, safty plan
review: reviewed, review
marac: marac, multi agency risk assessment conference
discussed: discussed, heard
idva @CBS: idva, independent domestic violence adviser, independent domestic violence advisor
outreach @CBS: outreach
crime: crime, offence
abuse: domestic abuse, domestic violence, da, dv
recorded: recorded
police: police
safeguarding: safeguarding, s guarding, safe guarding
serious: serious
incident: incident
complaint: complaint, compliant
upheld: upheld
fte: fte, full time equivalent, wte, whole time equivalent
post: post, funded post
funded: funded, established
inpost: in post
vacancy: vacancy, vacant
sickness: sickness, sick, sickness absence
turnover: turnover
session: session, workshop
training: training, trained
attended: attending, attended, attendee, attendance, attend, delegate
confident: confident, confidence
spend: spend, spent, expenditure, actual spend
budget: budget, profiled budget
forecast: forecast, forecast outturn
casestudy: case study
survey: survey, feedback
answers: response, responded, respondent
not: not, non, no, never, un
from: from
each: per, each, for each
%: per cent
.: in place, because, due to, from last quarter, from previous quarter, from the last quarter
.: from the previous quarter, to next quarter
over: over, more than, longer than, in excess of, greater than, exceeding
within: within
ofwhich: of which, of whom, of those, of these
target: target, baseline, aim
change: change, difference, variance, variation, increase, decrease
previous: previous, prior, last year, year before, comparator
@HUB: hub, front door, single point of access, single point of contact, contact centre, access point, triage
@CBS: community, community based, community based service, community based support, community service, cbs
@CBS: community support, floating support
@SA: refuge, safe accommodation, dispersed accommodation
@SA: safe accomodation, accomodation, accom, refuge place, refuge space
@SA: refuge and safe accommodation, accommodation, dispersed, safe house, sanctuary, second stage, refuge placement
@WFA: whole family, whole family approach, family approach, family intervention
@RES: respect, respect programme, child to parent abuse, child to parent violence, adolescent to parent, capva, cpva
@PRP: perpetrator, perpetrator programme, behaviour change, behaviour change programme, dapp, those who harm
@PRP: people who harm, people causing harm, adult perpetrator programme
"""

# Words that are alike without meaning the same.
NEAR = """
person survivor case young
child young
family household
female male adult
supported accommodated engaged
closed exit moved
unable declined unmet
referral referred rereferral
repeat rereferral
new starting
answered received
completed done
commissioned available
agency professional
funded post
satisfied better
void vacancy
digital chat email text
"""

# Words that make something else of a name: what they stand in is never the figure without them.
CONTRARY = _words(
    "not declined missed void unplanned repeat rereferral without target change previous average median longest "
    "ofwhich forecast budget unable review"
)

# Words of sections, titles and sheets that change nothing in what stands beneath them.
NEUTRAL = _words(
    "performance activity demand outcome output quality kpi indicator measure return contract monitoring summary "
    "key headline core main detail table workforce staffing finance training data overview volume throughput "
    "safety case open abuse sheet1 sheet2 sheet3 programme staff"
)

# Words that only the figures of one service use, or of two: by the services' letters.
TELLING = {
    **dict.fromkeys(("call", "helpline", "digital", "chat", "email", "text"), "HUB"),
    **dict.fromkeys(("idva", "outreach"), "CBS"),
    **dict.fromkeys(("night", "bedspace", "unit", "household", "accommodated", "stay", "unmet", "unable"), "SA"),
    **dict.fromkeys(("parent", "callout"), "RES"),
    **dict.fromkeys(("crime",), "CTX"),
    "marac": "XS MRC",
    **dict.fromkeys(("fte", "vacancy", "sickness", "turnover", "post", "inpost"), "WF"),
    **dict.fromkeys(("training", "attended"), "TRN"),
    **dict.fromkeys(("spend", "budget", "forecast"), "CON"),
    **dict.fromkeys(("safetyplan", "safeguarding", "complaint", "incident", "casestudy"), "XS"),
}
EVERYWHERE = frozenset({"XS", "WF", "TRN", "CON"})  # what is counted beside every service

# Words that say next to nothing: found or missing, they hardly change what is meant.
LIGHT = _words("supported received made done person survivor case programme related first")

# Words that say only what is counted, whatever is said of it elsewhere.
UNITS = _words("household person adult child young family survivor case referral call female male")

# Words for "this is a percentage".
SHARE = _words("% percent percentage proportion rate share")

# Words that say nothing of what is counted.
NOISE = _words(
    "a an the of when in for to at on during with and or by as who whom which that than were was is are be been being "
    "have had has their they them our us we it its this these number no. total count figure quarter quarterly qtr "
    "period reporting month monthly year annual all any overall every so far up date service provided "
    "inbound incoming unique different distinct (s) s city area level"
)

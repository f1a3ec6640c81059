# Words for summaries, lists, the hub, signing out and the demonstration.

no-answer = No answer provided
change = Change
remove = Remove
change-answer-html = Change your answer for: { $title }
change-item-answer-html = Change answer for { $item }: { $title }
change-own-answer-html = Change answer for { $item } (You): { $title }
change-details-html = Change details for { $title }
remove-item-html = Remove { $title }
remove-details-html = Remove details for { $title }
list-row-completed = Completed
status-completed = Completed
status-in-progress = Partially completed
status-not-started = Not started
status-requested = Separate census requested
hub-link-completed = View answers
hub-link-in-progress = Continue with section
hub-link-not-started = Start section
hub-link-requested = Change or resend
# Read where the visible words are not, and in English in every language, as eQ has it; assistive technology is
# pointed at the visible ones.
hub-link-spoken-completed-html = View answers: { $section }
hub-link-spoken-in-progress-html = Continue with section: { $section }
hub-link-spoken-not-started-html = Start section: { $section }
hub-link-spoken-requested-html = Change or resend
signed-out-title = Signed out
signed-out-heading = Your progress has been saved
signed-out-business-html = To learn more, or to go on with the survey, <a href="{ $href }">return to My Account</a>.
signed-out-social-html = To go on with the survey, <a href="{ $href }">re-enter your access code</a>.

# The demonstration

demo-list-title = Try a questionnaire
demo-list-text = Answer a survey as a respondent would, on this computer or on a phone. Everything stays on this computer.
demo-step-choose = Choose a questionnaire.
demo-step-launch = Look over the details that it starts with, or make up your own.
demo-step-answer = Answer it, and see what was submitted.
demo-group-surveys = Whole surveys
demo-group-features = One feature each
demo-group-published = Published by the author
demo-version-label = Version
demo-version = version { $number }
demo-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
demo-pages-label = Length
demo-theme-label = Theme
demo-languages-label = Languages
demo-launch-text = These details come from the service that starts a survey. Make up what you like.
demo-language = Language
demo-optional = (optional)
demo-kind-string = text
demo-kind-date = a date, such as 2026-11-24
demo-kind-boolean = true or false
demo-kind-uuid = a UUID
demo-kind-url = a web address
demo-launch = Launch
demo-submitted-title = What was submitted
demo-submitted-text = This is what the receiving system is sent.
demo-back = Try another questionnaire

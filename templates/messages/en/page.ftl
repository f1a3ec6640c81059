# Words for pages and what surrounds them.

# Titles and headings

title-error = Error:
survey-title-none = ONS Surveys
introduction-title = Introduction
hub-title = Choose another section to complete
hub-title-complete = Submit survey
submit-title = Check your answers and submit
preview-page-title = Preview survey questions
thank-you-title = We’ve received your answers
submitted-title = View Submitted Response
page-title = Survey question
section-summary-title = Check your answers

# Around every page

skip-to-content = Skip to main content
breadcrumbs = Back
preview-ribbon = Preview
preview-ribbon-text = Nothing is kept or sent.
previous = Previous
back = Back
back-to-surveys = Back to surveys
save-and-exit = Save and exit survey
exit = Exit
services-label = Services
services-menu-label = Services menu
menu = Menu
menu-label = Toggle services menu
header-help = Help
header-my-account = My account
header-sign-out = Sign out
change-language = Change language to
language-en = English
language-cy = Cymraeg
language-ga = Gaeilge
language-eo = Ulster Scots
new-tab = (opens in a new tab)
footer-new-tab = The following links open in a new tab
footer-home = Office for National Statistics homepage
footer-what-we-do = What we do
footer-contact = Contact us
footer-accessibility = Accessibility
footer-cookies = Cookies
footer-privacy = Privacy and data protection
footer-copyright = © Crown copyright and database rights 2020 OS 100019153.
footer-address-data = Use of address data is subject to the terms and conditions.
footer-leave-html = Make sure you <a href="/sign-out">leave this page</a> or close your browser if using a shared device
cookie-banner-label = Cookies
cookie-banner-title = Tell us whether you accept cookies
cookie-banner-statement-html = We use <a href="{ $href }">cookies to collect information</a> about how you use { $domain }. What we learn helps us to make the service work better.
cookie-banner-accept = Accept additional cookies
cookie-banner-reject = Reject additional cookies
cookie-banner-view = View cookies
cookie-banner-accepted = You have accepted all additional cookies.
cookie-banner-rejected = You have rejected all additional cookies.
cookie-banner-change-html = You can <a href="{ $href }">change your cookie preferences</a> at any time.
cookie-banner-hide = Hide
cookie-banner-hide-what = cookie message
timeout-title = You will be signed out soon
timeout-inactive = It appears you have been inactive for a while.
timeout-countdown = To protect your information, your progress will be saved and you will be signed out in
timeout-expired = You are being signed out
timeout-minute = minute
timeout-minutes = minutes
timeout-second = second
timeout-seconds = seconds
timeout-continue = Continue survey
panel-error = Error:
panel-info = Important information:
panel-warn = Warning:
panel-success = Completed:
show-all = Show all
hide-all = Hide all

# Questions, content and introductions

interviewer-note = Interviewer note:
save-and-continue = Save and continue
continue = Continue
return-to-hub = Choose another section and return to this later
cancel-and-return = Cancel and return to the previous page
last-viewed = This is the last viewed question in this section
last-viewed-also-html = You can also <a id="section-start-link" href="{ $href }">go back to the start of the section</a>
overtaken-title = Another page answered this question first
overtaken-text = Your answer here has not been saved. What is saved now is shown here. Below is what you typed: saving it replaces the other.
start-survey = Start survey
legal-response = Your response is legally required
preview-link = View the questions you will be asked in this survey

# Preview of the questions

preview-heading = Preview of the questions in this survey
preview-start-html = To answer these questions you need to <a href="{ $href }">start survey</a>
preview-text = You may not have to answer all of these questions. The questions you see will depend on the answers you provide.
print-questions = Print questions
save-questions = Save questions as PDF
preview-one-option = You can answer with one of the following options:
preview-options = You can answer with the following options:
preview-characters = { $count } characters can be added.

# Summaries, totals, submitting

confirm-total = Yes, I confirm this is correct
submit-answers = Submit answers
submit-guidance = Please submit this survey to complete it
hub-submit = Submit survey
hub-warning = You must submit this survey to complete it

# After submission

thank-you-heading = Thank you for completing the { $survey }
submission-text = Your answers have been submitted.
submission-text-for-html = Your answers have been submitted for <span>{ $name }</span>
submission-text-trading-html = Your answers have been submitted for <span>{ $name }</span> ({ $trading })
submitted-on = Submitted on:
submission-reference = Submission reference:
thank-you-use = Decisions about public services and the economy across the UK will draw on your answers.
thank-you-learn = Learn more about how we use this data
view-title = Get a copy of your answers
view-contact = We may contact you to query your answers.
view-copy-html = If you need a copy for your records, <a id="view-submitted-response-link" href="{ $href }">save or print your answers</a>.
view-for = For security, your answers will only be available to view for 45 minutes
view-expired = For security, you can no longer view or get a copy of your answers
email-title = Get confirmation email
email-text = Enter your email address if you would like an email that says we have your survey.
email-label = Email address
email-hint = This will not be stored and only used once to send your confirmation
email-send = Send confirmation
feedback-call = What do you think about this service?
feedback-call-text = Your comments will help us make improvements
feedback-link = Give feedback
feedback-title = Feedback
feedback-heading = Give feedback about this service
feedback-errors =
    { $count ->
        [one] There is a problem with your feedback
       *[other] There are { $count } problems with your feedback
    }
feedback-about = Select what your feedback is about
feedback-about-questions = The survey questions
feedback-about-questions-hint = For example, questions not clear, answer options not relevant
feedback-about-design = Page design and structure
feedback-about-service = General feedback about this service
feedback-text-label = Enter your feedback
feedback-text-hint = Do not include confidential information, such as your contact details
feedback-text-too-long = Shorten your feedback to 1000 characters or fewer
feedback-send = Send feedback
feedback-sent-title = Feedback sent
feedback-sent-heading = Thank you for your feedback
feedback-sent-text = Your comments will help us make improvements to our surveys. We are not able to reply to comments, but we appreciate your feedback
done = Done
email-send-title = Confirmation email
email-send-heading = Send a confirmation email
email-errors = There is a problem with this page
email-confirm-title = Confirm your email address
email-confirm-heading = Is this email address correct?
email-confirm-yes = Yes, send the confirmation email
email-confirm-no = No, I need to change it
email-confirm-missing = Select an answer to ‘Is this email address correct?’
email-sent-title = Confirmation email sent
email-sent-heading = A confirmation email has been sent to { $address }
email-sent-from-html = The email will be sent from <strong>{ $address }</strong>
email-missing = Didn’t receive an email?
email-missing-html = Wait a few minutes and look through your junk mail. If it is not there, <a id="send-another-email" href="{ $href }">send another confirmation email</a>.
mail-subject = We have your survey answers
mail-greeting = Thank you for completing this survey:
mail-text = Your answers have reached us, and there is nothing more for you to do.
mail-no-reply = Nobody reads replies to this address.
submitted-heading = Answers submitted.
submitted-heading-for-html = Answers submitted for <span>{ $name }</span>
submitted-heading-trading-html = Answers submitted for <span>{ $name }</span> ({ $trading })
print-answers = Print answers
save-answers = Save answers as PDF

# A form of their own for somebody of the household

individual-person = Person
individual-from-hub = If you can’t answer someone else’s questions
individual-from-person = If you can’t answer questions for this person
individual-share-html = You can <strong>share your household access code</strong> with the people you live with so they can complete their own sections.
individual-other-ways-html = If this is not possible, there are <a href="{ $href }">other ways each person can complete their own census.</a>
individual-begin-title = Cannot answer questions for others in your household
individual-begin-heading = If you can't answer questions for others in your household
individual-begin-text = Give the household access code to the people you live with, and they can answer for themselves.
individual-begin-otherwise = If that will not do, you can request a separate census for them, which only they will see.
individual-begin-link = Request separate census
individual-who-title = Separate Census
individual-who-heading = Who do you need to request a separate census for?
individual-how-title = Send individual access code
individual-how-heading-html = How would you like <strong>{ $name }</strong> to receive a separate census?
individual-how-text = For someone to complete a separate census, we need to send them an individual access code.
individual-how-select = Select how to send access code.
individual-how-no-post = It is no longer possible to receive an access code by post.
individual-how-text-message = Text message
individual-how-text-message-hint = We will need their mobile number for this
individual-how-post = Post
individual-how-post-hint = We can only send this to an unnamed resident at the registered household address
individual-contact-html = For a census in another format, or for more help, please <a href="{ $href }">contact us</a>
individual-change-title = How to answer questions
individual-change-heading-html = How would you like to answer <strong>{ $name }’s</strong> questions?
individual-change-again = I would like to request a separate census for them to complete
individual-change-themselves = I will ask them to answer their own questions
individual-change-themselves-hint = They will need the household access code from the letter we sent you
individual-change-for-them = I will answer for { $name }
individual-address-title = Confirm address
individual-address-heading = Do you want to send an individual access code for { $name } by post?
individual-address-text = A letter with an individual access code will be sent to your registered household address
individual-address-addressee-html = The letter will be addressed to <strong>Individual Resident</strong> instead of the name provided
individual-address-yes = Yes, send the access code by post
individual-address-no = No, send it another way
individual-posted-title = An individual access code has been sent by post
individual-posted-heading = A letter has been sent to Individual Resident
individual-posted-to-heading = A letter has been sent to Individual Resident at { $address }
individual-posted-text = The letter with an individual access code should arrive soon for them to complete their own census
individual-number-title = Mobile number
individual-number-heading-html = What is <strong>{ $name }’s</strong> mobile number?
individual-number-label = UK mobile number
individual-number-hint = This will not be stored and only used once to send the access code
individual-confirm-number-title = Confirm mobile number
individual-confirm-number-heading = Is this mobile number correct?
individual-confirm-number-yes = Yes, send the text
individual-confirm-number-no = No, I need to change it
individual-texted-title = An individual access code has been sent by text
individual-texted-heading = We have sent a text to { $number }
individual-texted-text = The text message with an individual access code should arrive soon for them to complete their own census
individual-texted-from-html = The text will be sent from <strong>Census2021</strong>

# On paper

paper-answers-title = Your answers
paper-page-of = Page { $page } of { $pages }
paper-unprintable = □ stands for a character that cannot be printed here.
owner-ons = Office for National Statistics
owner-finance-ni = Northern Ireland Department of Finance
owner-dbt = Department for Business and Trade
owner-dsit = Department for Science, Innovation and Technology
owner-desnz = Department for Energy Security and Net Zero
owner-orr = Office of Rail and Road
owner-ukhsa = UK Health Security Agency
owner-nhs = National Health Service

# Information

cookies-title = Cookies
privacy-title = Privacy and data protection
accessibility-title = Accessibility statement
cookies-body-html = <p>This service keeps one cookie, which lasts until you sign out or close your browser. It remembers that you are signed in, and the language you chose. The service does not work without it.</p><p>It sets no other cookie, and tells no one else what you do here.</p>
privacy-body-html = <p>Your answers are encrypted when they are saved, and are sent only to the organisation that runs the survey, which will tell you how it uses them.</p><p>What you type is kept so that you can go on later, until the survey has been sent or the time for answering is over.</p>
accessibility-body-html = <p>We want everyone to be able to answer. You should be able to use this service with a keyboard alone, with a screen reader, with text made four times larger, and without scripts.</p><p>It is built to meet the Web Content Accessibility Guidelines, version 2.2, at level AA. If something does not work for you, tell the organisation that sent you the survey, and it can offer another way to answer.</p>

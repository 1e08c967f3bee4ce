//! What may be said in many ways, and what is said no more once a word changes.

/// Phrases that mean the same to a reviewer; the first of each group stands in the registrations of this test.
pub const SAME: &[&[&str]] = &[
    // how often
    &[
        "Message frequency varies.",
        "Message frequency may vary.",
        "Msg frequency varies.",
        "Msg freq. varies.",
        "Frequency varies.",
        "Messaging frequency depends on your bookings.",
        "The number of messages varies.",
        "The number of texts you receive will vary.",
        "Message frequency will vary with the season.",
        "Message frequency: up to 10 per month.",
        "You will get up to 4 messages a month.",
        "Expect 2-3 texts per week.",
        "Max 5 msgs/week.",
        "4 msgs/mo.",
        "No more than six text messages per month.",
        "About one message per visit.",
        "How often we text varies.",
        "We send one text for each visit.",
        "At most three reminders a month.",
        "Two messages each month.",
        "You receive one to three messages every week.",
        "Usually 2 messages for each appointment.",
    ],
    &[
        "Up to 4 messages per month.",
        "Up to 4 msgs/month.",
        "Max. 4 messages a month.",
        "Not more than four texts each month.",
    ],
    &["Up to 5 messages per move.", "Max 5 texts per move.", "No more than five messages for each move."],
    &["One message per sign-in.", "1 msg per sign-in.", "One text for each sign-in.", "One message per request."],
    // what it costs
    &[
        "Message and data rates may apply.",
        "Message & data rates may apply.",
        "Msg & data rates may apply.",
        "Msg&data rates apply.",
        "Msg and data rates may apply.",
        "Msg + data rates may apply.",
        "Message/data rates may apply.",
        "Standard message and data rates may apply.",
        "Std. msg & data rates apply.",
        "Standard messaging and data rates may apply.",
        "Data and message rates may apply.",
        "Your carrier's message and data rates may apply.",
        "Carrier message & data charges may apply.",
        "Text and data rates may apply.",
        "Message and data fees may apply.",
        "You may be charged message and data rates by your carrier.",
        "Message and data rates could apply.",
    ],
    // how to leave
    &[
        "Reply STOP to opt out.",
        "Reply STOP to opt-out.",
        "Reply STOP to unsubscribe.",
        "Reply STOP to cancel.",
        "Reply STOP at any time to opt out.",
        "Reply with STOP to opt out.",
        "Reply 'STOP' to opt out.",
        "Text STOP to cancel.",
        "Text STOP to end.",
        "Txt STOP to end.",
        "Send STOP to quit.",
        "Respond STOP to stop texts.",
        "To opt out, reply STOP.",
        "To opt out at any time, text STOP.",
        "To stop receiving messages, reply with STOP.",
        "You can opt out at any time by replying STOP.",
        "You may unsubscribe whenever you like by texting the word STOP.",
        "Opt out at any time: reply STOP.",
        "Unsubscribe any time by texting STOP.",
        "STOP to cancel.",
        "STOP=end.",
        "Reply STOP, END or QUIT to unsubscribe.",
        "If you no longer want our texts, reply STOP.",
        "Reply STOP to leave.",
    ],
    // how to get help
    &[
        "Reply HELP for help.",
        "Reply HELP for more information.",
        "Reply HELP for support.",
        "Reply HELP to get help.",
        "Reply HELP if you need help.",
        "Text HELP for help.",
        "Text HELP for assistance.",
        "Send HELP for help.",
        "HELP for help.",
        "HELP for info.",
        "For help, reply HELP.",
        "For help text HELP.",
        "For assistance, text HELP.",
        "Need help? Reply HELP.",
        "Questions? Text HELP.",
        "You can reply HELP at any time to get help.",
    ],
    // where more is said
    &[
        "Privacy Policy: ",
        "See our Privacy Policy: ",
        "Our privacy policy is at ",
        "Privacy Notice: ",
        "Privacy Statement: ",
        "Read our privacy policy at ",
        "Privacy: ",
    ],
    &[
        "Terms: ",
        "Terms of Service: ",
        "Terms & Conditions: ",
        "Terms and Conditions: ",
        "SMS Terms: ",
        "Our terms are at ",
        "T&Cs: ",
        "Messaging Terms: ",
        "Terms of use: ",
    ],
    // the consent
    &[
        "I agree to receive",
        "I consent to receive",
        "I want to receive",
        "I would like to receive",
        "Yes, I would like to receive",
        "I agree to get",
        "I opt in to receive",
        "I hereby consent to receiving",
        "By ticking this box I agree to receive",
    ],
    &[
        "Consent is not a condition of purchase.",
        "Consent is not a condition of any purchase.",
        "Consent is not required to buy anything.",
        "Consent not required for purchase.",
        "You do not have to agree in order to buy from us.",
        "Agreeing to texts is never a condition of purchase.",
        "Texts are optional and never needed to buy or book.",
    ],
    &[
        "optional and not pre-checked",
        "optional and unchecked by default",
        "optional and not ticked in advance",
        "optional and left unchecked",
        "optional and empty by default",
        "optional and never pre-selected",
        "optional and has to be ticked by the patient",
    ],
    &[
        "by text message",
        "by text",
        "by SMS",
        "via SMS",
        "via text message",
        "by SMS text message",
        "through text messages",
    ],
    // the promise
    &[
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "No mobile information will be shared with third parties or affiliates for marketing or promotional purposes.",
        "Mobile information will not be shared with third parties/affiliates for marketing/promotional purposes.",
        "Mobile numbers and texting consent are never sold, rented or given to anybody for marketing.",
        "Your phone number and SMS opt-in will not be passed on to third parties or affiliates for their marketing.",
        "We never sell or share text messaging opt-in data and consent with any third party.",
        "Opt-in data and consent for text messages are not shared with any third parties, except the provider that delivers our texts.",
        "Under no circumstances do we give your mobile number or SMS consent to third parties for promotional purposes.",
        "Neither your mobile number nor your consent to texts is shared with third parties for marketing.",
        "SMS consent and phone numbers collected for texting will not be shared with third parties or affiliates for marketing purposes.",
        "Text messaging originator opt-in data and consent will not be shared with any third parties.",
        "Larkspur Dental Studio will not sell, rent, trade or disclose your mobile number or SMS opt-in to third parties or partners for marketing.",
        "We don't share mobile opt-in data with anyone for marketing.",
        "We will never share your phone number or text consent with outside companies for marketing.",
        "Your mobile number and your agreement to texts stay with us and are not shared with third parties for marketing.",
    ],
    // the replies
    &[
        "You will receive no more messages.",
        "You will receive no further messages.",
        "You will not receive any more messages from us.",
        "You won't get any further texts.",
        "You will no longer receive texts from us.",
        "No more messages will be sent.",
        "No further texts will follow.",
        "This is the last message.",
        "We will not text you again.",
        "Messages have stopped.",
    ],
    &[
        "you are unsubscribed.",
        "you are opted out.",
        "you have been opted out.",
        "you have been unsubscribed.",
        "you are now unsubscribed.",
        "you have opted out.",
        "you've been removed from our list.",
        "your opt-out is confirmed.",
        "you have successfully been unsubscribed.",
        "we have unsubscribed you.",
    ],
    &[
        "you are signed up for",
        "thanks for signing up for",
        "you have opted in to",
        "you are subscribed to",
        "you are now enrolled in",
        "thank you for joining us for",
    ],
    &[
        "Carriers are not liable for delayed or undelivered messages.",
        "Mobile carriers are not liable for delayed or undelivered messages.",
        "Wireless carriers are not responsible for late or undelivered texts.",
        "T-Mobile is not liable for delayed or undelivered messages.",
        "Neither we nor the carriers are liable for messages that are delayed or not delivered.",
    ],
];

/// Where a phrase is taken away.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// The message flow and the page with the form.
    CallToAction,
    /// One field of the campaign.
    Field(&'static str),
    /// One file of the website.
    Page(&'static str),
}

const CALL: Place = Place::CallToAction;
const OPT_IN: Place = Place::Field("opt_in_message");
const OPT_OUT: Place = Place::Field("opt_out_message");
const HELP: Place = Place::Field("help_message");
const SAMPLES: Place = Place::Field("sample_messages");
const PRIVACY: Place = Place::Page("privacy.html");
const TERMS: Place = Place::Page("terms.html");

/// Where a phrase stands, its words, what is left in their place, and the rule that then speaks. `NAME` and `HOST` are the
/// registration's own.
pub const NEEDED: &[(Place, &[&str], &str, &str)] = &[
    (CALL, FREQUENCY, "", "consent/frequency-missing"),
    (CALL, &["Message and data rates may apply."], "", "consent/rates-missing"),
    (CALL, &["Reply STOP to opt out."], "", "consent/stop-missing"),
    (CALL, &["Reply STOP to opt out."], "You can opt out at any time.", "consent/stop-missing"),
    (CALL, &["Reply HELP for help."], "", "consent/help-missing"),
    (CALL, &["Reply HELP for help."], "We are here to help you.", "consent/help-missing"),
    (
        CALL,
        &[
            "Privacy Policy: https://HOST/privacy.",
            "Our Privacy Policy is at https://HOST/privacy and",
            "our Privacy Policy (https://HOST/privacy) and",
            "<a href=\"/privacy\">Privacy Policy</a> and our",
        ],
        "",
        "consent/privacy-link-missing",
    ),
    (
        CALL,
        &[
            "Terms: https://HOST/terms.",
            "and our Terms are at https://HOST/terms.",
            "and our Terms (https://HOST/terms)",
            "and our <a href=\"/terms\">Terms</a>",
        ],
        "",
        "consent/terms-link-missing",
    ),
    (CALL, &["NAME"], "us", "consent/brand-missing"),
    (OPT_IN, FREQUENCY, "", "replies/opt-in-no-frequency"),
    (OPT_IN, &["Message and data rates may apply."], "", "replies/opt-in-no-rates"),
    (OPT_IN, &["Reply STOP to opt out."], "", "replies/opt-in-no-stop"),
    (OPT_IN, &["Reply HELP for help."], "", "replies/opt-in-no-help"),
    (OPT_IN, &["NAME: "], "", "replies/opt-in-no-brand"),
    (OPT_OUT, &["NAME: "], "", "replies/opt-out-no-brand"),
    (OPT_OUT, &["You will receive no more messages."], "", "replies/opt-out-not-final"),
    (
        OPT_OUT,
        &["you are unsubscribed.", "you are opted out.", "You will receive no more messages."],
        "Goodbye.",
        "replies/opt-out-not-confirmed",
    ),
    (HELP, &["NAME: "], "", "replies/help-brand-in-address"),
    (SAMPLES, &["NAME"], "", "samples/brand-missing"),
    (SAMPLES, &["Reply STOP to opt out."], "", "samples/opt-out-missing"),
    (SAMPLES, &["Reply STOP to opt out."], "Please stop by our office.", "samples/opt-out-missing"),
    (PRIVACY, &["NAME"], "this business", "privacy/brand-missing"),
    (
        PRIVACY,
        &[
            "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        ],
        "",
        "privacy/promise-missing",
    ),
    (
        PRIVACY,
        &[
            "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        ],
        "We never send spam, and your number is safe with us.",
        "privacy/promise-missing",
    ),
    (PRIVACY, &["Reply STOP to opt out.", "To have your data deleted, call"], "", "privacy/opt-out-unsaid"),
    (
        PRIVACY,
        &[
            "We collect your name and your mobile number when you fill in our form, and the date on which you agreed to texts.",
        ],
        "",
        "privacy/collection-unsaid",
    ),
    (
        PRIVACY,
        &[
            "We use your mobile number to send you text messages about your appointments.",
            "The company that delivers our texts sees your number only to deliver them.",
        ],
        "",
        "privacy/texting-use-unsaid",
    ),
    (TERMS, &["NAME"], "This business", "terms/brand-missing"),
    (
        TERMS,
        &["sends appointment reminders by text message to patients who asked for them."],
        "is here.",
        "terms/programme-undescribed",
    ),
    (TERMS, FREQUENCY, "", "terms/frequency-missing"),
    (TERMS, &["Message and data rates may apply."], "", "terms/rates-missing"),
    (TERMS, &["Reply STOP to opt out."], "", "terms/opt-out-missing"),
    (TERMS, &["Reply HELP for help."], "", "terms/help-missing"),
    (TERMS, &["Carriers are not liable for delayed or undelivered messages."], "", "terms/carrier-liability-missing"),
    (
        TERMS,
        &["Our <a href=\"/privacy\">Privacy Policy</a> says how we treat your number."],
        "",
        "terms/privacy-link-missing",
    ),
];

const FREQUENCY: &[&str] = &[
    "Message frequency varies.",
    "Up to 4 messages per month.",
    "Up to 5 messages per move.",
    "One message per sign-in.",
];

/// A registration, a promise in it, its opposite, and the rule that then speaks.
pub const BROKEN: &[(&str, &str, &str, &str)] = &[
    ("dentist", "and not pre-checked", "and pre-checked", "consent/prechecked"),
    ("dentist", "and not pre-checked", "and checked by default", "consent/prechecked"),
    ("codes", "that is not pre-checked", "that is already ticked", "consent/prechecked"),
    ("cafe", "that is empty by default", "that is selected by default", "consent/prechecked"),
    ("school", "empty until the parent ticks it", "which comes ticked", "consent/prechecked"),
    ("clinic-ready", "optional and not ticked in advance", "optional and ticked in advance", "consent/prechecked"),
    ("non-profit", "unticked by default", "ticked by default", "consent/prechecked"),
    (
        "dentist",
        "Consent is not a condition of purchase.",
        "Consent is a condition of purchase.",
        "consent/required-for-service",
    ),
    (
        "salon",
        "Consent is not a condition of purchase.",
        "Consent is required to book.",
        "consent/required-for-service",
    ),
    (
        "school",
        "Consent is not a condition of purchase.",
        "Consent is required for enrolment.",
        "consent/required-for-service",
    ),
    (
        "clinic-ready",
        "Consent is not required to receive care.",
        "Consent is required to receive care.",
        "consent/required-for-service",
    ),
    (
        "dentist",
        "for marketing purposes.",
        "for marketing purposes unless you agree to that in our form.",
        "privacy/promise-missing",
    ),
    ("cafe", "You will receive no more messages.", "You will still receive messages.", "replies/opt-out-still-sends"),
    ("salon", "You will receive no more messages.", "You will receive more messages.", "replies/opt-out-not-final"),
    (
        "movers",
        "You will receive no more messages.",
        "You will keep receiving messages.",
        "replies/opt-out-still-sends",
    ),
    ("dentist", "We send no advertising.", "We send promotional offers.", "campaign/marketing-in-other-use-case"),
    ("dentist", "Carriers are not liable", "Carriers are liable", "terms/carrier-liability-missing"),
    (
        "clinic-ready",
        "We do not sell, rent or share phone numbers",
        "We sell, rent and share phone numbers",
        "privacy/shares-data",
    ),
    ("answers-only", "We do not sell, rent or share", "We sell, rent or share", "privacy/shares-data"),
    (
        "answers-only",
        "Nobody is added to a list.",
        "We share your number with other shops for their advertising.",
        "privacy/shares-data",
    ),
    ("non-profit", "We never sell, rent or share", "We sell, rent or share", "privacy/shares-data"),
    ("non-profit", "We never sell, rent or share", "We may also share", "privacy/shares-data"),
];

/// Promises of the dentist's policy, each with its opposite.
pub const PROMISES: &[(&str, &str)] = &[
    ("We do not share your mobile number", "We share your mobile number"),
    ("We do not share your mobile number", "We may share your mobile number"),
    ("We do not share your mobile number", "We do share your mobile number"),
    ("We do not share your mobile number", "We do not only use but also share your mobile number"),
    ("for marketing purposes.", "for marketing purposes, except with our marketing partners."),
    (
        "for marketing purposes.",
        "for marketing purposes. However, we may share your phone number with our affiliates for their promotions.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "Mobile information will be shared with third parties and affiliates for marketing and promotional purposes.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "Mobile numbers and texting consent are sold or rented to companies that advertise.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "Your phone number and SMS opt-in will be passed on to third parties for their marketing.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "We sell and share text messaging opt-in data and consent with third parties.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "From time to time we give your mobile number to our partners for promotional purposes.",
    ),
    (
        "We do not share your mobile number or your consent to texts with third parties or affiliates for marketing purposes.",
        "Both your mobile number and your consent to texts are shared with third parties for marketing.",
    ),
];

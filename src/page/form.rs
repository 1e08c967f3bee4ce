//! Forms: their controls, each with the label a visitor reads.

use std::collections::HashMap;
use std::ops::Range;

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its bytes in the page's text.
    pub range: Range<usize>,
    /// Its controls in order.
    pub controls: Vec<Control>,
    /// Where it sends to, as written.
    pub action: String,
}

impl Form {
    /// The first control that asks for a phone number, if there is one.
    pub fn phone(&self) -> Option<&Control> {
        self.controls.iter().find(|control| control.kind == ControlKind::Phone)
    }

    /// The checkboxes and switches, in order.
    pub fn checkboxes(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|control| control.kind == ControlKind::Checkbox)
    }

    /// The radio buttons in groups of one name (one question each), in order of the groups' first buttons.
    pub fn radio_groups(&self) -> Vec<Vec<&Control>> {
        let mut groups: Vec<Vec<&Control>> = Vec::new();
        let mut numbers = HashMap::new();
        for radio in self.controls.iter().filter(|control| control.kind == ControlKind::Radio) {
            let question = if radio.name.is_empty() { &radio.legend } else { &radio.name };
            let number = *numbers.entry(question).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            groups[number].push(radio);
        }
        groups
    }
}

/// What a control is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlKind {
    /// A phone number: `type=tel`, or a text input whose name, label, placeholder or autocomplete says phone, mobile or cell.
    Phone,
    /// `type=email`, or a text input named so.
    Email,
    /// A checkbox or a switch.
    Checkbox,
    /// A radio button.
    Radio,
    /// A sign-in secret.
    Password,
    /// A list to choose from.
    Select,
    /// A date, including a date of birth.
    Date,
    /// Sends the form.
    Submit,
    /// Anything else a visitor types into.
    Text,
}

/// One control of a form; hidden inputs are left out.
#[derive(Debug, Clone)]
pub struct Control {
    /// What it is for.
    pub kind: ControlKind,
    /// The label a visitor reads, by whatever mechanism it is attached.
    pub label: String,
    /// The legend of the group it is in: the question that radio buttons answer; empty where there is none.
    pub legend: String,
    /// The `name`, else the `id`.
    pub name: String,
    /// The `value`, as written: what is sent when it is ticked.
    pub value: String,
    /// Ticked when the page is opened.
    pub checked: bool,
    /// Must be filled or ticked to send: `required`, `aria-required`, or an asterisk in the label.
    pub required: bool,
    /// Cannot be changed.
    pub disabled: bool,
    /// Its bytes in the page's text, label included where it adjoins.
    pub range: Range<usize>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::ControlKind::*;
    use super::*;
    use crate::page::tests::read;

    fn control(html: &str) -> Control {
        read(html).forms.into_iter().flat_map(|form| form.controls).next().unwrap()
    }

    #[test]
    fn labels_are_found_by_every_mechanism() {
        let cases = [
            ("<input type=checkbox id=a> or <label for=a>Text <b>me</b></label>", "Text me"),
            (
                "<input type=checkbox id=a><label for=a>I agree</label> to <b>texts</b><br><input type=checkbox id=b>",
                "I agree to texts",
            ),
            ("<label for=a>Text me</label><p><input type=checkbox id=a>", "Text me"),
            ("<label>Text me <input type=checkbox></label>", "Text me"),
            ("<label><span><input type=checkbox><svg></svg></span><span>Text me</span></label>", "Text me"),
            ("<p id=l>Text me</p><input type=checkbox aria-labelledby='l nowhere'>", "Text me"),
            ("<span id=l hidden>Text me</span><input type=checkbox aria-labelledby=l>", "Text me"),
            ("<input type=checkbox aria-label='Text me'><p>Next", "Text me"),
            ("<input type=checkbox aria-label=consent> Text me", "Text me"),
            ("<input type=checkbox>Text <a href=/>me</a><br>", "Text me"),
            ("<div><input type=checkbox></div><div>Text me</div><div>Next</div>", "Text me"),
            ("<table><tr><td><input type=checkbox></td><td>Text me</td></tr></table>", "Text me"),
            ("<table><tr><td>Text me</td><td><input type=checkbox></td></tr></table>", "Text me"),
            ("<div role=checkbox aria-checked=false>Text me</div>", "Text me"),
            ("<button role=switch id=s></button><label for=s>Text me</label>", "Text me"),
            ("<label class=l>Mobile</label><input placeholder='(555)'>", "Mobile"),
            ("<input placeholder='Mobile'>", "Mobile"),
            ("Mobile: <input>", "Mobile:"),
            ("<fieldset><legend>Texts?</legend><input type=radio></fieldset>", "Texts?"),
            ("<form><p>Intro</p><input type=submit value='Sign up'></form>", "Sign up"),
            ("<form><button>Sign <i>up</i></button></form>", "Sign up"),
            ("<label>Phone<select><option>US<option>CA</select><input type=checkbox></label>", "Phone"),
        ];
        for (html, label) in cases {
            assert_eq!(control(html).label, label, "{html}");
        }
    }

    #[test]
    fn every_control_keeps_its_own_label() {
        let page = read(
            "<form><input type=checkbox name=a> Texts<br><input type=checkbox name=b> Calls<br>
             <input type=checkbox name=c><input type=checkbox name=d> Mail</form>",
        );
        let labels: Vec<&str> = page.forms[0].checkboxes().map(|control| control.label.as_str()).collect();
        assert_eq!(labels, ["Texts", "Calls", "", "Mail"]);
    }

    #[test]
    fn kinds_are_told_by_type_and_words() {
        let cases = [
            ("<input type=tel name=x>", Phone),
            ("<input name='form_fields[phone]'>", Phone),
            ("<input type=number id=mobileNumber>", Phone),
            ("<input autocomplete=tel-national>", Phone),
            ("<label>Cell<input name=f7></label>", Phone),
            ("<input name=phone_model>", Text),
            ("<input name=contact_number>", Phone),
            ("<input x-autocompletetype=phone-area-code>", Phone),
            ("<input name=contact_name>", Text),
            ("<input type=search id=mobile-search>", Text),
            ("<label>Tell us about your phone, what happened to it and what it is worth to you<input></label>", Text),
            ("<input type=tel name=zip>", Text),
            ("<input type=tel name=phone-code>", Phone),
            ("<input type=EMAIL>", Email),
            ("<input name=your-email>", Email),
            ("<input type=date>", Date),
            ("<label>Date of birth<input></label>", Date),
            ("<input type=password>", Password),
            ("<select></select>", Select),
            ("<textarea name=message></textarea>", Text),
            ("<input type=weird name=first>", Text),
            ("<div role=radio>Yes</div>", Radio),
        ];
        for (html, kind) in cases {
            assert_eq!(control(html).kind, kind, "{html}");
        }
    }

    #[test]
    fn states_are_read() {
        let cases = [
            ("<input type=checkbox checked required disabled>", (true, true, true)),
            ("<input type=checkbox aria-required=true aria-disabled=true>", (false, true, true)),
            ("<div role=checkbox aria-checked=true>A</div>", (true, false, false)),
            ("<label>Phone *<input></label>", (false, true, false)),
            ("<label>* Phone:<input></label>", (false, true, false)),
            ("<label>Phone<span aria-hidden=true>*</span><input></label>", (false, true, false)),
            ("<label for=p>Phone</label><span>*</span><input id=p>", (false, true, false)),
            ("<label for=p>Phone (required)</label><input id=p>", (false, true, false)),
            ("<label for=p>Phone (not required)</label><input id=p>", (false, false, false)),
            ("<input class='wpcf7-tel wpcf7-validates-as-required'>", (false, true, false)),
            ("<label>5 * 3 stars<input></label>", (false, false, false)),
            ("<fieldset disabled><input></fieldset>", (false, false, true)),
            (
                "<fieldset><legend>Texts? *</legend><label><input type=radio>Yes</label></fieldset>",
                (false, true, false),
            ),
        ];
        for (html, state) in cases {
            let control = control(html);
            assert_eq!((control.checked, control.required, control.disabled), state, "{html}");
        }
    }

    #[test]
    fn controls_belong_to_their_form() {
        let page = read(
            "<input id=q type=search><form id=f action=/send><input type=tel><input type=hidden name=h></form>
             <input name=late form=f><table><form action=/t><tr><td><input name=cell></td></tr></form></table>
             <input name=outside><div style='display:none'><input name=trap></div>",
        );
        let forms: Vec<(&str, Vec<&str>)> = page
            .forms
            .iter()
            .map(|form| (form.action.as_str(), form.controls.iter().map(|control| control.name.as_str()).collect()))
            .collect();
        assert_eq!(forms, [("/send", vec!["", "late"]), ("/t", vec!["cell"]), ("", vec!["q", "outside"])]);
        assert!(page.forms[0].phone().is_some() && page.forms[1].phone().is_some() && page.forms[2].phone().is_none());
    }

    #[test]
    fn hidden_steps_of_a_form_are_read_and_traps_are_not() {
        let page = read(
            "<form><input name=first><div style='display:none'><p>Step 2</p><label><input type=checkbox name=sms>Text me</label></div>
             <p style='display:none'>Error</p><div style='display:none'><label>Website<input name=trap></label></div></form>",
        );
        let names: Vec<&str> = page.forms[0].controls.iter().map(|control| control.name.as_str()).collect();
        assert_eq!((names, page.text.text.as_str()), (vec!["first", "sms"], "[text]\n\nStep 2\n\n[ ] Text me"));
    }

    #[test]
    fn a_custom_checkbox_counts_once_and_a_styled_one_stays() {
        let custom = "<form><button role=checkbox aria-checked=false id=c></button><input type=checkbox aria-hidden=true tabindex=-1>
            <label for=c>Text me</label></form>";
        assert_eq!(read(custom).forms[0].checkboxes().count(), 1);
        let styled = "<input type=checkbox style='display:none' id=c checked><label for=c>Text me</label>";
        let page = read(styled);
        assert_eq!((page.text.text.as_str(), page.forms[0].controls[0].checked), ("[x] Text me", true));
    }

    #[test]
    fn radio_buttons_stand_in_pairs() {
        let page = read(
            "<form><fieldset><legend>Texts?</legend><input type=radio name=t value=y id=y><label for=y>Yes</label>
             <input type=radio name=t value=n id=n checked><label for=n>No</label></fieldset><input type=radio name=u></form>",
        );
        let groups = page.forms[0].radio_groups();
        let values: Vec<Vec<&str>> =
            groups.iter().map(|group| group.iter().map(|radio| radio.value.as_str()).collect()).collect();
        assert_eq!(values, [vec!["y", "n"], vec![""]]);
        assert_eq!(groups[0][1].legend, "Texts?");
    }

    #[test]
    fn the_range_of_a_control_takes_its_label_in() {
        let cases = [
            ("<p>A</p><input type=checkbox id=c><div><label for=c>Text  me</label></div>B", "[ ] Text me"),
            ("<p>A</p><label>Phone<input type=tel></label>B", "Phone [tel: Phone]"),
            ("<p>A</p><div>Text me</div><div>x</div><input type=checkbox aria-label=SMS>", "[ ] SMS"),
        ];
        for (html, text) in cases {
            let page = read(html);
            assert_eq!(&page.text.text[page.forms[0].controls[0].range.clone()], text, "{html}");
        }
    }
}

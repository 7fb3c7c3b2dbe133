use alloc::format;
use core::iter;

use super::*;

/// The registered questions of one person.
type List = Vec<QuestionText>;

/// The number of people of each length, and the number of decoys.
const PEOPLE: usize = 1_000;

/// The number of decoys that the attacker has seen before.
const LOOKED_AT: usize = 10_000;

/// The maximum share of correct guesses. A random guess is correct in half of the cases.
const TOLD_RIGHTLY_MAX: f64 = 0.55;

fn dice(seed: u8) -> Dice {
    Dice::new([seed; 32])
}

/// A predefined question. People like some of them more than others.
fn liked(dice: &mut Dice) -> u8 {
    let weight = |number: u8| 400 / (u64::from(number) + 4);
    let all = (1..=PREDEFINED).map(weight).sum();
    let mut place = share(u64::from_be_bytes(dice.bytes()), all);
    for number in 1..PREDEFINED {
        match place.checked_sub(weight(number)) {
            Some(rest) => place = rest,
            None => return number,
        }
    }
    PREDEFINED
}

/// The registered questions of a person. A third of the people have the list of their department.
/// The others have questions that they like, sometimes with one in the tenant's own words.
fn registered(length: usize, dice: &mut Dice) -> List {
    let department = dice.below(27);
    if department < 9 {
        let numbers = (0..).step_by(5).take(length);
        let numbers = numbers.map(|step: u8| 1 + (department * 4 + step) % PREDEFINED);
        return numbers.map(QuestionText::Predefined).collect();
    }
    let mut list: List = Vec::new();
    while list.len() < length {
        let text = match dice.below(20) {
            0 => QuestionText::Custom("What is your staff number?".into()),
            1 => QuestionText::Custom(format!("What is the name of {}?", dice.digits(9))),
            _ => QuestionText::Predefined(liked(dice)),
        };
        if !list.contains(&text) {
            list.push(text);
        }
    }
    list
}

fn people(length: usize, seed: u8) -> Vec<List> {
    let mut dice = dice(seed);
    iter::repeat_with(|| registered(length, &mut dice))
        .take(PEOPLE)
        .collect()
}

fn model(people: &[List]) -> Questions {
    Questions::of(&people.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// The questions asked of people, for those people who have `length` of them.
fn asked(people: &[List], questions: &Questions, length: usize) -> Vec<List> {
    let asked = people
        .iter()
        .map(|list| questions.asked(list).cloned().collect());
    asked.filter(|list: &List| list.len() == length).collect()
}

fn invented(questions: &Questions, length: usize, count: usize, seed: u8) -> Vec<List> {
    let mut dice = dice(seed);
    let length = u8::try_from(length).unwrap();
    iter::repeat_with(|| questions.draw(length, &mut dice).unwrap())
        .take(count)
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "they are thousands")]
fn part(of: &[List], is: impl Fn(&List) -> bool) -> f64 {
    of.iter().filter(|list| is(list)).count() as f64 / of.len() as f64
}

/// The share of correct guesses with this rule: a list that no decoy has shown belongs to a person.
fn told_by_new_lists(real: &[List], drawn: &[List], shown: &[List]) -> f64 {
    let shown: BTreeSet<&List> = shown.iter().collect();
    let is_new = |list: &List| !shown.contains(list);
    f64::midpoint(part(real, is_new), part(drawn, |list| !is_new(list)))
}

/// The features of a list: each question at its place, and each pair of questions.
fn features(list: &List) -> BTreeSet<(usize, &QuestionText, Option<&QuestionText>)> {
    let places = list.iter().enumerate();
    let single = places.clone().map(|(place, text)| (place, text, None));
    let pairs = places.flat_map(|(place, text)| {
        let others = list.iter().skip(place + 1);
        others.map(move |other| (0, text.min(other), Some(text.max(other))))
    });
    single.chain(pairs).collect()
}

/// The share of correct guesses of a naive Bayes classifier that has learnt from half of both.
fn told_by_features(real: &[List], drawn: &[List]) -> f64 {
    let half = real.len().min(drawn.len()) / 2;
    let mut seen: BTreeMap<_, [f64; 2]> = BTreeMap::new();
    for (kind, lists) in [real, drawn].into_iter().enumerate() {
        for feature in lists[..half].iter().flat_map(features) {
            seen.entry(feature).or_insert([1.0; 2])[kind] += 1.0;
        }
    }
    let odds = |list: &List| -> f64 {
        let known = features(list).into_iter().filter_map(|it| seen.get(&it));
        known.map(|[real, drawn]| (*real / *drawn).ln()).sum()
    };
    let (real, drawn) = (&real[half..2 * half], &drawn[half..2 * half]);
    f64::midpoint(
        part(real, |list| odds(list) > 0.0),
        part(drawn, |list| odds(list) <= 0.0),
    )
}

#[test]
fn a_list_that_was_never_shown_of_one_who_is_not_there_tells_of_no_person() {
    for length in 3..=5 {
        let people = people(length, 1);
        let questions = model(&people);
        let real = asked(&people, &questions, length);
        let drawn = invented(&questions, length, real.len(), 2);
        let shown = invented(&questions, length, LOOKED_AT, 3);
        let told = told_by_new_lists(&real, &drawn, &shown);
        assert!(told <= TOLD_RIGHTLY_MAX, "{length} questions: {told}");
        // The rule guesses well if decoys repeat 200 lists of people: this is the comparison.
        let (again, rest) = real.split_at(200);
        assert!(told_by_new_lists(rest, again, again) > 0.8);
    }
}

#[test]
fn no_machine_tells_lists_of_people_from_those_that_are_drawn() {
    for length in 3..=5 {
        let people = people(length, 4);
        let questions = model(&people);
        let real = asked(&people, &questions, length);
        let drawn = invented(&questions, length, real.len(), 5);
        let told = told_by_features(&real, &drawn);
        assert!(told <= TOLD_RIGHTLY_MAX, "{length} questions: {told}");
        // The classifier does see a difference if there is one: here each question is equally
        // likely.
        let mut dice = dice(6);
        let length = u8::try_from(length).unwrap();
        let even: Vec<List> = real.iter().map(|_| any(length, &mut dice)).collect();
        let told = told_by_features(&real, &even);
        assert!(told > 0.6, "{length} questions: {told}");
    }
}

#[test]
fn no_question_is_asked_twice_and_none_that_one_person_alone_has_put_into_words() {
    let people = people(5, 7);
    let questions = model(&people);
    for list in invented(&questions, 5, LOOKED_AT, 8) {
        assert_eq!(list.len(), 5);
        assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), 5, "{list:?}");
        for text in list.iter().filter_map(own) {
            assert_eq!(text, "What is your staff number?");
        }
    }
    let hers = QuestionText::Custom("What is the name of my dog?".into());
    assert!(!questions.asks(&hers));
    assert!(questions.asks(&QuestionText::Predefined(35)));
}

#[test]
fn a_question_in_the_tenants_own_words_is_drawn_as_often_as_people_have_it() {
    let own = QuestionText::Custom("What is your staff number?".into());
    let people = people(4, 9);
    let questions = model(&people);
    let real = part(&asked(&people, &questions, 4), |list| list.contains(&own));
    let drawn = part(&invented(&questions, 4, LOOKED_AT, 10), |list| {
        list.contains(&own)
    });
    assert!(real > 0.1 && (real - drawn).abs() < 0.02, "{real}, {drawn}");
}

#[test]
fn what_a_department_has_in_common_is_drawn_whole() {
    let list = |numbers: [u8; 3]| numbers.map(QuestionText::Predefined).to_vec();
    let common = [list([1, 2, 3]), list([4, 5, 6])];
    let people: Vec<List> = common.iter().cycle().take(18).cloned().collect();
    let questions = model(&people);
    for drawn in invented(&questions, 3, 100, 11) {
        assert!(common.contains(&drawn), "{drawn:?}");
    }
}

#[test]
fn of_the_only_person_with_so_many_questions_nothing_is_drawn() {
    let hers: List = (1..=5).map(QuestionText::Predefined).collect();
    let questions = model(core::slice::from_ref(&hers));
    let drawn = invented(&questions, 5, 1_000, 12);
    assert!(drawn.iter().collect::<BTreeSet<_>>().len() > 990);
    assert_eq!(questions.draw(4, &mut dice(13)), None);
}

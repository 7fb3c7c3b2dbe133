//! Compares the automaton with the patterns from which it was compiled. A regular expression engine
//! evaluates the patterns.

use std::collections::BTreeMap;

use phonenumber::Type;
use phonenumber::metadata::{DATABASE, Descriptor};
use postern_phone::{PhoneNumber, Region, parse};
use regex::bytes::{Regex, RegexBuilder};

#[test]
fn plans_know_assigned_numbers_by_region_and_type() {
    for line in include_str!("data/types.txt").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let number: PhoneNumber = columns[0].parse().unwrap();
        let found = [
            number.to_string(),
            number.is_assigned().to_string(),
            number
                .region()
                .map_or(String::new(), |region| region.to_string()),
            number.types().to_string(),
        ];
        assert_eq!(found[..], columns[..]);
        assert!(number.is_possible());
    }
}

#[test]
fn every_example_number_is_assigned_as_its_type() {
    let plans = plans();
    let by_code = by_code(&plans);
    let mut examples = 0;
    for plan in &plans {
        for (kind, shape) in &plan.types {
            let Some(example) = &shape.example else {
                continue;
            };
            let input = format!("+{}{example}", plan.code);
            let number = parse(&input, None)
                .unwrap_or_else(|error| panic!("{input}: {error}"))
                .number;
            assert!(
                number.types().iter().any(|one| one.as_str() == *kind),
                "{input} is not {kind}"
            );
            // Regions that share a calling code can also share ranges. A shared range then belongs
            // to the first of these regions.
            let (region, _) = expected(&by_code[&plan.code], example);
            assert_eq!(number.region(), region, "{input}");
            examples += 1;
        }
    }
    assert!(examples > 1000, "only {examples} example numbers");
}

#[test]
fn automaton_and_patterns_agree_on_generated_numbers() {
    let mut random = SplitMix(0x706f_7374_6572_6e21);
    let plans = plans();
    let by_code = by_code(&plans);
    let (mut judged, mut assigned) = (0, 0);

    while judged < 100_000 || assigned < 10_000 {
        let plan = &plans[random.below(plans.len())];
        let input = format!("+{}{}", plan.code, plan.candidate(&mut random));
        let Ok(parsed) = parse(&input, None) else {
            continue;
        };
        let national = parsed.number.national_number();
        let (region, types) = expected(&by_code[&plan.code], national.as_str());
        assert_eq!(
            parsed.number.types().to_string(),
            types,
            "{}",
            parsed.number
        );
        assert_eq!(parsed.number.region(), region, "{}", parsed.number);
        judged += 1;
        assigned += usize::from(parsed.number.is_assigned());
    }
}

/// The types by their names in the crate, in its order.
const TYPES: [(&str, Type); 10] = [
    ("fixed-line", Type::FixedLine),
    ("mobile", Type::Mobile),
    ("toll-free", Type::TollFree),
    ("premium-rate", Type::PremiumRate),
    ("shared-cost", Type::SharedCost),
    ("personal", Type::PersonalNumber),
    ("voip", Type::Voip),
    ("pager", Type::Pager),
    ("uan", Type::Uan),
    ("voicemail", Type::Voicemail),
];

struct Plan {
    code: u16,
    region: String,
    general: Regex,
    leading_digits: Option<Regex>,
    types: Vec<(&'static str, Shape)>,
}

struct Shape {
    pattern: Regex,
    lengths: Vec<u16>,
    example: Option<String>,
}

impl Plan {
    /// A number that may or may not belong to the plan: an example with a few changed digits, or
    /// random digits of a valid length.
    fn candidate(&self, random: &mut SplitMix) -> String {
        let (_, shape) = &self.types[random.below(self.types.len())];
        let length = usize::from(shape.lengths[random.below(shape.lengths.len())]);
        let mut digits = match &shape.example {
            Some(example) if random.below(4) > 0 => example.clone().into_bytes(),
            Some(_) | None => vec![b'0'; length],
        };
        let all = digits.iter().all(|&digit| digit == b'0');
        let changes = if all { digits.len() } else { random.below(4) };
        for change in 0..changes {
            let place = if all {
                change
            } else {
                random.below(digits.len())
            };
            digits[place] = b"0123456789"[random.below(10)];
        }
        String::from_utf8(digits).expect("digits are ASCII")
    }

    fn types(&self, national: &str) -> String {
        if !self.general.is_match(national.as_bytes()) {
            return String::new();
        }
        let fits = |shape: &Shape| {
            let has_length = shape
                .lengths
                .iter()
                .any(|&length| usize::from(length) == national.len());
            has_length && shape.pattern.is_match(national.as_bytes())
        };
        let types: Vec<&str> = self
            .types
            .iter()
            .filter(|(_, shape)| fits(shape))
            .map(|(kind, _)| *kind)
            .collect();
        types.join(",")
    }
}

/// Region and types in the way of libphonenumber, among the plans that share a calling code.
fn expected(plans: &[&Plan], national: &str) -> (Option<Region>, String) {
    let plan = match plans {
        [only] => Some(only),
        several => several.iter().find(|plan| match &plan.leading_digits {
            Some(digits) => digits.is_match(national.as_bytes()),
            None => !plan.types(national).is_empty(),
        }),
    };
    plan.map_or((None, String::new()), |plan| {
        (Region::parse(&plan.region), plan.types(national))
    })
}

fn by_code(plans: &[Plan]) -> BTreeMap<u16, Vec<&Plan>> {
    let mut by_code: BTreeMap<u16, Vec<&Plan>> = BTreeMap::new();
    for plan in plans {
        by_code.entry(plan.code).or_default().push(plan);
    }
    by_code
}

/// Every plan, the main one of each calling code first.
fn plans() -> Vec<Plan> {
    let regions = (1..1000)
        .filter_map(|code| DATABASE.by_code(&code))
        .flatten();
    regions
        .map(|metadata| {
            let descriptors = metadata.descriptors();
            let types = TYPES
                .iter()
                .filter_map(|&(name, kind)| Some((name, shape(descriptors.get(kind)?))));
            Plan {
                code: metadata.country_code(),
                region: metadata.id().to_owned(),
                general: anchored(descriptors.general().national_number().as_str(), "$"),
                leading_digits: metadata
                    .leading_digits()
                    .map(|digits| anchored(digits.as_str(), "")),
                types: types.collect(),
            }
        })
        .collect()
}

fn shape(descriptor: &Descriptor) -> Shape {
    Shape {
        pattern: anchored(descriptor.national_number().as_str(), "$"),
        lengths: descriptor.possible_length().to_vec(),
        example: descriptor.example().map(str::to_owned),
    }
}

fn anchored(pattern: &str, end: &str) -> Regex {
    RegexBuilder::new(&format!("^(?:{pattern}){end}"))
        .unicode(false)
        .ignore_whitespace(true)
        .build()
        .expect("the metadata holds well-formed patterns")
}

/// A small generator of random numbers (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). It makes failures reproducible.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).expect("less than a usize")
    }
}

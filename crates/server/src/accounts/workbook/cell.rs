//! The content of a cell of a workbook.

use calamine::Data;

/// The most digits that a sheet keeps of a number (Microsoft, "Excel specifications and limits":
/// number precision).
const DIGITS_MAX: i32 = 15;

/// The content of a cell.
pub(in crate::accounts) enum Cell {
    Text(String),
    /// A number without a fraction, as digits.
    Number(String),
    /// A number or a truth value that the sheet may show in another form, such as 7 as 007.
    Shown(String),
    /// Any other content, with the advice for the author.
    Unreadable(&'static str),
}

impl Cell {
    pub(in crate::accounts) fn blank() -> Self {
        Self::Text(String::new())
    }

    pub(in crate::accounts) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Shown(_) | Self::Unreadable(_) => false,
        }
    }
}

pub(super) const FAILED: &str = "the cell shows an error of its formula";

pub(super) fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::blank(),
        Data::String(text) => Cell::Text(text.clone()),
        Data::Bool(is_true) => Cell::Shown(if *is_true { "yes" } else { "no" }.to_owned()),
        Data::Int(number) => Cell::Number(number.to_string()),
        Data::Float(number) => float(*number),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Cell::Unreadable("the cell is a date: give it the format Text and type it again")
        }
        Data::Error(_) => Cell::Unreadable(FAILED),
    }
}

/// A number as its digits. Refuses a number with more digits than the sheet keeps.
fn float(number: f64) -> Cell {
    if number.fract() != 0.0 {
        return Cell::Unreadable(
            "the cell is a number with a fraction: give it the format Text and type it again",
        );
    }
    if number.abs() >= 10_f64.powi(DIGITS_MAX) {
        return Cell::Unreadable(
            "the cell is a number of more than 15 digits, but Excel keeps only 15: give it the format Text and type it again",
        );
    }
    Cell::Number(format!("{number:.0}"))
}

//! Comparisons of the wizard's pictures, pixel by pixel.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::page::{Page, look::Place};

/// The allowed difference of a colour, of 255: smoothing can begin at another fraction of a pixel.
const OFF: u8 = 8;

/// Checks that two pictures of the same wizard are the same. If not, both are saved with the
/// pictures of the screens.
pub(super) fn the_same(page: &Page, name: &str, painted: &[u8], wanted: &[u8]) -> Result<()> {
    let (here, there) = (points(painted)?, points(wanted)?);
    let result = here.same(&there);
    if result.is_err() {
        for (side, picture) in [("here", painted), ("alone", wanted)] {
            let file = format!("{}-{name}-{side}.png", page.lab.engine);
            fs::write(page.lab.given.screens.join(file), picture)?;
        }
    }
    result.with_context(|| format!("{name} is not painted as on its own"))
}

/// In which of these places something is painted.
pub(super) fn painted(picture: &[u8], places: &[Place]) -> Result<Vec<bool>> {
    let points = points(picture)?;
    places
        .iter()
        .map(|place| points.has_ink_in(*place))
        .collect()
}

/// The colour in the upper corner of a picture, one pixel away from its edges.
pub(super) fn corner(picture: &[u8]) -> Result<[u8; 3]> {
    let points = points(picture)?;
    let point = points.bytes.chunks(points.each).nth(points.width + 1);
    let point = point.and_then(|point| point.first_chunk());
    point.copied().context("the picture shows nothing")
}

struct Points {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
    /// The number of bytes for each pixel.
    each: usize,
}

impl Points {
    fn same(&self, other: &Self) -> Result<()> {
        // An edge between two rows of pixels may be cut off before the last row or after it.
        ensure!(
            self.width == other.width && self.height.abs_diff(other.height) <= 1,
            "{} by {} points, and not {} by {}",
            self.width,
            self.height,
            other.width,
            other.height
        );
        let rows = if self.height == other.height {
            self.height
        } else {
            self.height.min(other.height) - 1
        };
        let pairs = self
            .bytes
            .chunks(self.each)
            .zip(other.bytes.chunks(other.each))
            .take(rows * self.width);
        let differ = pairs
            .filter(|(one, two)| one.iter().zip(*two).any(|(a, b)| a.abs_diff(*b) > OFF))
            .count();
        ensure!(differ == 0, "{differ} points differ");
        Ok(())
    }

    /// Whether the pixels in this place have more than one colour.
    fn has_ink_in(&self, place: Place) -> Result<bool> {
        let Place {
            x,
            y,
            width,
            height,
        } = place;
        let mut ground = None;
        for (at, point) in self.bytes.chunks(self.each).enumerate() {
            let left = f64::from(u32::try_from(at % self.width)?);
            let top = f64::from(u32::try_from(at / self.width)?);
            if left < x || left + 1.0 > x + width || top < y || top + 1.0 > y + height {
                continue;
            }
            let mut pairs = point.iter().zip(*ground.get_or_insert(point));
            if pairs.any(|(one, other)| one.abs_diff(*other) > OFF) {
                return Ok(true);
            }
        }
        ensure!(ground.is_some(), "the picture does not show {place:?}");
        Ok(false)
    }
}

fn points(picture: &[u8]) -> Result<Points> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info()?;
    let length = reader.output_buffer_size().context("it is small enough")?;
    let mut bytes = vec![0; length];
    let frame = reader.next_frame(&mut bytes)?;
    bytes.truncate(frame.buffer_size());
    Ok(Points {
        width: frame.width.try_into()?,
        height: frame.height.try_into()?,
        bytes,
        each: frame.color_type.samples(),
    })
}

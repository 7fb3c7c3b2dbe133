//! Measures the sheets of an .xls. The reader allocates as many cells as a sheet claims, and all
//! cells between the first and the last one ([MS-CFB] 2, [MS-XLS] 2.4).

use std::collections::BTreeMap;

/// Streams shorter than this are kept in sectors of their own.
const MINI_CUTOFF: usize = 4096;
const MINI_SHIFT: usize = 6;

/// The cells from the first to the last one, or the claimed number if that is greater, summed over
/// all sheets. `None` if the file is damaged.
pub(super) fn cells(bytes: &[u8]) -> Option<u64> {
    let stream = Compound::open(bytes)?.workbook()?;
    let (mut sheets, mut rooms) = (Vec::new(), BTreeMap::new());
    let (mut depth, mut begins, mut room) = (0_u32, 0, Room::default());
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let data = stream.get(at + 4..at + 4 + length).unwrap_or_default();
        match kind {
            // BoundSheet8 gives the position of a sheet.
            0x85 => sheets.push(u32_at(data, 0)?),
            // BOF; a chart within a sheet has one of its own.
            0x9 | 0x209 | 0x409 | 0x809 => {
                if depth == 0 {
                    (begins, room) = (at, Room::default());
                }
                depth += 1;
            }
            // EOF.
            0xa => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    rooms.insert(begins, room.cells());
                }
            }
            kind => room.goes_on(kind, data),
        }
        at += 4 + length;
    }
    rooms.insert(begins, room.cells());
    // A sheet whose position is not the beginning of one counts as the largest sheet.
    let largest = rooms.values().max().copied().unwrap_or_default();
    let rooms = sheets.iter().map(|it| rooms.get(it).unwrap_or(&largest));
    Some(rooms.fold(0, |sum, room| sum.saturating_add(*room)))
}

/// The range from the first to the last cell of a sheet.
#[derive(Default)]
struct Room {
    rows: Option<(usize, usize)>,
    columns: Option<(usize, usize)>,
    claimed: u64,
}

impl Room {
    fn goes_on(&mut self, kind: usize, data: &[u8]) {
        match kind {
            // Dimensions.
            0x200 => self.claimed = self.claimed.max(claimed(data).unwrap_or_default()),
            // MulRk has several cells of a row. The last column is at its end.
            0xbd => {
                self.add(data, 2);
                self.add(data, data.len().saturating_sub(2));
            }
            // Formula, LabelSst, RString, Number, Label, BoolErr, RK.
            0x6 | 0xfd | 0xd6 | 0x203 | 0x204 | 0x205 | 0x27e => self.add(data, 2),
            _ => {}
        }
    }

    fn add(&mut self, data: &[u8], column: usize) {
        let widen = |range: &mut Option<(usize, usize)>, place: Option<usize>| {
            if let Some(place) = place {
                let (first, last) = range.unwrap_or((place, place));
                *range = Some((first.min(place), last.max(place)));
            }
        };
        widen(&mut self.rows, u16_at(data, 0));
        widen(&mut self.columns, u16_at(data, column));
    }

    fn cells(&self) -> u64 {
        let length = |range: Option<(usize, usize)>| {
            range.map_or(0, |(first, last)| (last - first) as u64 + 1)
        };
        self.claimed.max(length(self.rows) * length(self.columns))
    }
}

/// The number of cells that a sheet claims. Rows have 32 bits, or 16 in older files.
fn claimed(data: &[u8]) -> Option<u64> {
    let (rows, columns) = if data.len() < 14 {
        ((u16_at(data, 0)?, u16_at(data, 2)?), 4)
    } else {
        ((u32_at(data, 0)?, u32_at(data, 4)?), 8)
    };
    let columns = (u16_at(data, columns)?, u16_at(data, columns + 2)?);
    let length = |(first, end): (usize, usize)| end.abs_diff(first) as u64 + 1;
    Some(length(rows).saturating_mul(length(columns)))
}

/// A compound file: streams, each in sectors anywhere in the file.
struct Compound<'a> {
    bytes: &'a [u8],
    shift: usize,
    /// For each sector, the number of the next one.
    next: Vec<usize>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12))?;
        let mut compound = Self {
            bytes,
            shift,
            next: Vec::new(),
        };
        // The sector table is itself in sectors. The file header lists them, and further sectors
        // list more if there are many.
        let mut places: Vec<usize> = numbers(bytes.get(76..512)?).collect();
        let mut more = u32_at(bytes, 68)?;
        while let Some(sector) = compound.sector(more) {
            places.extend(numbers(sector));
            more = places.pop()?;
            if places.len() > bytes.len() >> shift {
                break;
            }
        }
        let sectors = places.iter().filter_map(|it| compound.sector(*it));
        compound.next = sectors.flat_map(numbers).collect();
        Some(compound)
    }

    fn sector(&self, number: usize) -> Option<&'a [u8]> {
        let begins = number
            .checked_add(1)?
            .checked_shl(u32::try_from(self.shift).ok()?)?;
        let rest = self.bytes.get(begins..)?;
        let length = rest.len().min(1 << self.shift);
        rest.get(..length).filter(|sector| !sector.is_empty())
    }

    fn stream(&self, first: usize) -> Vec<u8> {
        let sectors = chain(&self.next, first);
        sectors
            .into_iter()
            .filter_map(|it| self.sector(it))
            .flatten()
            .copied()
            .collect()
    }

    /// The stream with the sheets.
    fn workbook(&self) -> Option<Vec<u8>> {
        let folder = self.stream(u32_at(self.bytes, 48)?);
        let entry = folder.chunks_exact(128).find(|entry| {
            let name = entry.chunks_exact(2).take_while(|it| **it != [0, 0]);
            let name: Vec<u8> = name.map(|letter| letter[0]).collect();
            matches!(&name[..], b"Workbook" | b"Book")
        })?;
        let (first, length) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        let mut stream = if length < MINI_CUTOFF {
            let all = self.stream(u32_at(&folder, 116)?);
            let next: Vec<usize> = numbers(&self.stream(u32_at(self.bytes, 60)?)).collect();
            let sectors = chain(&next, first).into_iter();
            let sectors =
                sectors.filter_map(|it| all.get(it << MINI_SHIFT..(it + 1) << MINI_SHIFT));
            sectors.flatten().copied().collect()
        } else {
            self.stream(first)
        };
        stream.truncate(length);
        Some(stream)
    }
}

/// The sectors of a stream in their order. Stops after as many steps as there are sectors, so that
/// a loop ends.
fn chain(next: &[usize], first: usize) -> Vec<usize> {
    let sectors = std::iter::successors(Some(first), |it| next.get(*it).copied());
    sectors
        .take_while(|it| *it < next.len())
        .take(next.len())
        .collect()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes).into())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: u32 = 0xffff_fffe;

    /// A compound file with one stream of the given content, in small sectors if it is short.
    fn file(mut stream: Vec<u8>) -> Vec<u8> {
        let length = u32::try_from(stream.len()).expect("it is small");
        let is_mini = stream.len() < MINI_CUTOFF;
        stream.resize(stream.len().next_multiple_of(512), 0);
        let sectors = u32::try_from(stream.len() / 512).expect("it is small");
        // The parts are the table, the folder, the table of small sectors, and the stream.
        let mut bytes = vec![0; 4 * 512];
        let mut put = |at: usize, number: u32| {
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        };
        put(30, 9);
        put(48, 1);
        put(60, 2);
        put(68, END);
        put(76, 0);
        for place in (80..512).step_by(4) {
            put(place, u32::MAX);
        }
        for sector in 0..128 {
            let next = if (3..3 + sectors - 1).contains(&sector) {
                sector + 1
            } else {
                END
            };
            put(512 + 4 * sector as usize, next);
            let next = if sector + 1 < sectors * 8 {
                sector + 1
            } else {
                END
            };
            put(3 * 512 + 4 * sector as usize, next);
        }
        put(2 * 512 + 116, 3);
        put(2 * 512 + 128 + 116, if is_mini { 0 } else { 3 });
        put(2 * 512 + 128 + 120, length);
        for (place, letter) in "Workbook".bytes().enumerate() {
            bytes[2 * 512 + 128 + 2 * place] = letter;
        }
        bytes.extend(stream);
        bytes
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("it is short");
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn cell(kind: u16, row: u16, column: u16) -> Vec<u8> {
        record(
            kind,
            &[row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat(),
        )
    }

    fn dimensions(rows: u32, columns: u16) -> Vec<u8> {
        let data = [
            &[0; 4][..],
            &(rows - 1).to_le_bytes(),
            &[0; 2],
            &(columns - 1).to_le_bytes(),
            &[0; 2],
        ];
        record(0x200, &data.concat())
    }

    /// A workbook of sheets with those records.
    fn workbook(sheets: &[Vec<u8>]) -> Vec<u8> {
        let (bof, eof) = (record(0x809, &[0; 16]), record(0xa, &[]));
        let head = bof.len() + sheets.len() * record(0x85, &[0; 8]).len() + eof.len();
        let mut stream = bof.clone();
        let mut place = head;
        for sheet in sheets {
            let at = u32::try_from(place).expect("it is small");
            stream.extend(record(0x85, &[at.to_le_bytes(), [0; 4]].concat()));
            place += bof.len() + sheet.len() + eof.len();
        }
        stream.extend(&eof);
        for sheet in sheets {
            stream.extend([&bof, sheet, &eof].into_iter().flatten());
        }
        stream
    }

    #[test]
    fn the_room_of_a_sheet_is_from_its_first_to_its_last_cell_or_what_it_says() {
        let corners = [cell(0x203, 0, 0), cell(0xfd, 65_535, 255)].concat();
        let chart = [record(0x809, &[0; 16]), cell(0x203, 9, 0), record(0xa, &[])].concat();
        let many = record(
            0xbd,
            &[[5, 0], [2, 0], [0; 2], [0; 2], [0; 2], [7, 0]].concat(),
        );
        let filler = record(0x5c, &[0; 5000]);
        for (sheets, expected) in [
            (vec![], 0),
            (vec![vec![]], 0),
            (vec![cell(0x203, 7, 7)], 1),
            (vec![corners.clone()], 1 << 24),
            (vec![[filler.clone(), corners.clone()].concat()], 1 << 24),
            (vec![corners.clone(), corners.clone()], 1 << 25),
            (vec![many], 6),
            (vec![dimensions(u32::MAX, 256)], 256 * u64::from(u32::MAX)),
            (vec![[dimensions(3, 2), cell(0x27e, 1, 1)].concat()], 6),
            (vec![record(0x200, &[0, 0, 4, 0, 0, 0, 1, 0, 0, 0])], 10),
            (
                vec![[cell(0x6, 0, 0), chart, cell(0x205, 19, 1)].concat()],
                40,
            ),
            (vec![filler.clone(), cell(0x204, 1, 1)], 1),
        ] {
            let file = file(workbook(&sheets));
            assert_eq!(cells(&file), Some(expected));
            // A file that is cut off anywhere is read without an endless loop.
            for length in (0..file.len()).step_by(97) {
                let _ = cells(&file[..length]);
            }
        }
    }

    #[test]
    fn a_sheet_that_is_named_twice_takes_its_room_twice() {
        let sheet = [cell(0x203, 0, 0), cell(0x203, 99, 0)].concat();
        let mut stream = workbook(&[sheet.clone(), sheet]);
        let place: [u8; 4] = stream[24..28].try_into().expect("a place");
        stream[36..40].copy_from_slice(&place);
        assert_eq!(cells(&file(stream.clone())), Some(200));
        // The position is in the middle of another sheet.
        stream[36..40].copy_from_slice(&99_u32.to_le_bytes());
        assert_eq!(cells(&file(stream)), Some(200));
    }
}

//! `postern-server accounts template`.

use std::io::Write;

use anyhow::Result;

use crate::accounts;

/// A file as `accounts import` reads it, with only a header and an example.
#[derive(clap::Args)]
pub struct Template {
    /// Prints the file of groups within groups instead, which `accounts import --groups` reads.
    #[arg(long)]
    pub groups: bool,
}

impl Template {
    /// Prints the template.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn run(&self, out: &mut impl Write) -> Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        if self.groups {
            csv.write_record(["tenant", "group", "member"])?;
            csv.write_record(["contoso.example", "staff", "helpdesk"])?;
            return Ok(csv.flush()?);
        }
        let columns = accounts::column_names();
        csv.write_record(&columns)?;
        let example = columns.iter().map(|column| match column.as_str() {
            "tenant" => "contoso.example",
            "id" => "1001",
            "identifiers" => "ada@contoso.example",
            "names" => "Ada;Lovelace;Ada Lovelace",
            "alternate_emails" => "ada@home.example",
            "mobile" => "+44 7700 900123",
            "groups" => "staff",
            _ => "",
        });
        csv.write_record(example)?;
        Ok(csv.flush()?)
    }
}

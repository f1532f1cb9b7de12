//! JSON, as much of it as pblab/1 needs. This part is complete.

use crate::wire::{Failure, BAD_PARAMS};
use std::fmt::{self, Display, Formatter};

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

pub fn object<const N: usize>(fields: [(&str, Json); N]) -> Json {
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
}

impl Json {
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(fields) = self else { return None };
        fields.iter().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    pub fn number(&self) -> Option<f64> {
        if let Json::Number(number) = self { Some(*number) } else { None }
    }

    /// The field `name`, which must be a text.
    pub fn text(&self, name: &str) -> Result<&str, Failure> {
        match self.get(name) {
            Some(Json::Text(text)) => Ok(text),
            _ => Err(Failure::Refused(BAD_PARAMS, format!("{name} is not a text"))),
        }
    }

    /// The field `name`, which must be a whole number from 0.
    pub fn count(&self, name: &str) -> Result<u64, Failure> {
        match self.get(name).and_then(Json::number) {
            Some(number) if number >= 0.0 && number.fract() == 0.0 => Ok(number as u64),
            _ => Err(Failure::Refused(BAD_PARAMS, format!("{name} is not a whole number"))),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.to_string())
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Json::Number(number as f64)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Json::Number(number as f64)
    }
}

impl Display for Json {
    fn fmt(&self, out: &mut Formatter) -> fmt::Result {
        match self {
            Json::Null => out.write_str("null"),
            Json::Bool(value) => write!(out, "{value}"),
            Json::Number(number) => write!(out, "{number}"),
            Json::Text(text) => write_text(text, out),
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if index == 0 { "[" } else { "," })?;
                }
                out.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Json::Object(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    out.write_str(if index == 0 { "{" } else { "," })?;
                    write_text(name, out)?;
                    write!(out, ":{value}")?;
                }
                out.write_str(if fields.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn write_text(text: &str, out: &mut Formatter) -> fmt::Result {
    out.write_str("\"")?;
    for each in text.chars() {
        match each {
            '"' | '\\' => write!(out, "\\{each}")?,
            '\0'..='\x1f' => write!(out, "\\u{:04x}", each as u32)?,
            _ => write!(out, "{each}")?,
        }
    }
    out.write_str("\"")
}

/// The value of a text; None if the text is not JSON.
pub fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value()?;
    parser.skip_spaces();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Option<Json> {
        self.skip_spaces();
        match self.peek()? {
            '{' => self.object(),
            '[' => self.list(),
            '"' => self.text().map(Json::Text),
            _ => self.word(),
        }
    }

    fn object(&mut self) -> Option<Json> {
        let mut fields = Vec::new();
        self.take('{')?;
        if self.take('}').is_some() {
            return Some(Json::Object(fields));
        }
        loop {
            self.skip_spaces();
            let name = self.text()?;
            self.take(':')?;
            fields.push((name, self.value()?));
            if self.take(',').is_none() {
                break;
            }
        }
        self.take('}')?;
        Some(Json::Object(fields))
    }

    fn list(&mut self) -> Option<Json> {
        let mut items = Vec::new();
        self.take('[')?;
        if self.take(']').is_some() {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.take(',').is_none() {
                break;
            }
        }
        self.take(']')?;
        Some(Json::List(items))
    }

    fn text(&mut self) -> Option<String> {
        self.take('"')?;
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                each => text.push(each),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.code_point(),
            each => each,
        })
    }

    /// Characters beyond the first 65,536 are written as two escapes. Half of such a pair becomes U+FFFD.
    fn code_point(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) || !self.text[self.at..].starts_with("\\u") {
            return Some(char::from_u32(first).unwrap_or('\u{fffd}'));
        }
        self.at += 2;
        let second = self.hexadecimal()?;
        let low = second.wrapping_sub(0xdc00);
        if low >= 0x400 {
            return Some('\u{fffd}');
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn word(&mut self) -> Option<Json> {
        let rest = &self.text[self.at..];
        let end = rest.find(|each: char| !each.is_ascii_alphanumeric() && !"+-.".contains(each)).unwrap_or(rest.len());
        self.at += end;
        match &rest[..end] {
            "null" => Some(Json::Null),
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            number => number.parse().ok().map(Json::Number),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let each = self.peek()?;
        self.at += each.len_utf8();
        Some(each)
    }

    /// Takes `expected` where it comes next, after spaces.
    fn take(&mut self, expected: char) -> Option<()> {
        self.skip_spaces();
        if self.peek()? != expected {
            return None;
        }
        self.at += expected.len_utf8();
        Some(())
    }

    fn skip_spaces(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }
}

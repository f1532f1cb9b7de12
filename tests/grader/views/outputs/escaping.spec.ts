import { expect } from 'chai';
import { escapeMarkdown } from '../../../../grader/views/outputs/markdown-text.js';
import { moodleFeedback } from '../../../../grader/views/outputs/moodle-feedback.js';
import { reportsOn } from '../../../../grader/views/outputs/submission-report.js';
import { gradedResults } from './made-up-results.js';

describe('text in Markdown', () => {
  for (const plain of [
    '89.12 of 100 points',
    '12.5',
    '-3 is a number',
    '1.x',
    '+1',
    '2026-11-24',
  ]) {
    it(`is not touched where it begins with what means nothing: ${plain}`, () => {
      expect(escapeMarkdown(plain)).to.equal(plain);
    });
  }

  for (const [text, escaped] of [
    ['1. of two', String.raw`1\. of two`],
    ['12) then', String.raw`12\) then`],
    ['7.', String.raw`7\.`],
    ['- item', String.raw`\- item`],
    ['+', String.raw`\+`],
    ['---', String.raw`\---`],
    ['===', String.raw`\===`],
  ] as const) {
    it(`is escaped where it would begin a list, a line or a heading: ${text}`, () => {
      expect(escapeMarkdown(text)).to.equal(escaped);
    });
  }
});

describe('feedback in Moodle', () => {
  const feedbackOn = (told: string) => {
    const [report] = reportsOn(gradedResults({ told, student: '' }));
    return report === undefined ? '' : moodleFeedback(report);
  };

  it('reads as the submission wrote it wherever HTML takes nothing for markup', () => {
    expect(feedbackOn('a && b, x &= 1, R & D, 3&4')).to.contain('a && b, x &= 1, R & D, 3&4');
  });

  it('holds nothing that HTML takes for markup or for a named character', () => {
    const text = feedbackOn('<b>&lt;b&gt;</b> &#60; &copy &PBServer{}');
    expect(text).to.contain('‹b›& lt;b& gt;‹/b› & #60; & copy & PBServer{}');
  });
});

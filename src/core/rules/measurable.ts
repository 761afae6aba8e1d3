/** What is told at greater length is not looked through to its end. */
const LONGEST = 2000;

/** Marks of something that can be measured or shown. */
const MARKS: readonly RegExp[] = [
  // A number, also in words.
  /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|twice|once)\b/iu,
  // Code, a command, a quoted state.
  /`[^`]+`|"[^"]+"|“[^”]+”|„[^“”]+[“”]|«[^»]+»/u,
  // A command without its marks.
  /^\s*(?:\$ |(?:npm|npx|pnpm|yarn|bun|make|just|cargo|go|python3?|pytest|uv|docker|git|gh|curl|bash|sh|node|deno|dotnet|gradle|mvn|bundle|rake|terraform|kubectl) )/u,
  // A path, a file, a name from code.
  /(?:^|[\s(])[.~\w-]*\/[\w.*{}-]+|\b[\w-]+\.[a-z]{2,5}\b(?!\s*$)|\b[a-z]+[A-Z]\w*|\b\w+_\w+|\b[\w-]+\.(?:md|json|ya?ml|tsx?|jsx?|py|rs|go|sql|csv|html|sh|toml)\b/u,
  // A comparison.
  /[<>≤≥=%]|\b(?:at (?:least|most)|(?:no )?(?:more|less|fewer|later|longer|higher|lower) than|under|over|above|below|within|exactly|equals?|equal to|same as|identical|up to)\b/iu,
  // Something that holds for each of them, or for none.
  /\b(?:every|each|none|never|no|both|nothing)\b|\ball (?!is\b|goes\b|good\b|well\b|right\b|done\b|works?\b)/iu,
  // Something that anybody can see happen.
  /\b(?:pass(?:es|ed|ing)?|fail(?:s|ed)?|green|prints?|returns?|exits?|compiles?|builds?|exists?|rejects?|rejected|refuses?|refused|merged|deployed|signed|approved|match(?:es)?|renders?|responds?|shown|shows?|visible|appears?|displays?|opens?|starts?|survives?|can|cannot|can'?t|published|recorded|committed|raises?|throws?)\b/iu,
];

/** Whether a text says anything that can be measured or shown. Generous: a doubtful case counts as measurable. */
export function isMeasurable(text: string): boolean {
  const looked = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  return MARKS.some((mark) => mark.test(looked));
}

/** Words that settle a question by themselves, as in a column below `Is the contract signed?`. */
const SETTLED = /^\W*(?:yes|no|true|false|ok|green|none|done|present|absent|signed|approved|granted)\W*$/iu;

export function isSettled(text: string): boolean {
  return SETTLED.test(text);
}

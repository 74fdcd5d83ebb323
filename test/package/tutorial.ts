/** The tutorial's commands and files, from its code fences: ```sh, ```sh exit 1, and ```js NAME for a file. */

export type Step = { run: string; exit: number } | { file: string; text: string };

export function stepsOf(markdown: string): Step[] {
  const fences = markdown.matchAll(/^```(\S+)(?: (.*))?\n([\s\S]*?)^```$/gm);
  return [...fences].flatMap(([, language = "", info = "", text = ""]): Step[] => {
    if (language === "sh") return [{ run: text.trim(), exit: Number(/exit (\d+)/.exec(info)?.[1] ?? 0) }];
    return info === "" ? [] : [{ file: info, text }];
  });
}

// Which places the words of a text name.
export const namesInWords = (words: string[]): Set<string> => new Set(words.flatMap((one) => [...one.matchAll(/\{([0-9a-z_]+)\}/g)].map((match) => match[1]!)))

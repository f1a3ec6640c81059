declare module 'virtual:words/en' {
  const messages: Record<string, string>
  export default messages
}
declare module 'virtual:words/cy' {
  const messages: Record<string, string>
  export default messages
}

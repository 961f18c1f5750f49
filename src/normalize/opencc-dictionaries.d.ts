// The dictionary files of opencc-js, which ship without types: "from to|from to|...".
declare module 'opencc-js/dict/*' {
  const pairs: string
  export default pairs
}

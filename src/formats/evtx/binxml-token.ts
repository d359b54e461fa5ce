/** Tokens of BinXML (MS-EVEN6 2.2.12). Bit 0x40 says that more follows (attributes, parts of a value). */
export const MORE_BIT = 0x40;

export const Token = {
  endOfStream: 0x00,
  openStartElement: 0x01,
  closeStartElement: 0x02,
  closeEmptyElement: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  characterReference: 0x08,
  entityReference: 0x09,
  processingTarget: 0x0a,
  processingData: 0x0b,
  templateInstance: 0x0c,
  substitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const;

/** The token without its "more" bit. Only tokens below 0x0a can carry it. */
export function tokenKind(byte: number): number {
  return byte >= MORE_BIT && byte < (MORE_BIT | Token.processingTarget) ? byte & ~MORE_BIT : byte;
}

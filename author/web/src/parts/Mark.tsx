// The mark of the app.
import mark from '../mark.svg'
export const Mark = ({ size = 28 }: { size?: number }) => <img src={mark} width={size} height={size} alt="" />

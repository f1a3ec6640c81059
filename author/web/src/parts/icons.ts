// One icon per answer type and block kind, the same everywhere.
import {
  AlignLeft, BookOpen, Calendar, CalendarRange, ChevronsUpDown, CircleDot, CircleHelp, FileText, Hash, Hourglass, ListPlus, MapPin, Percent, PoundSterling, Ruler, Sigma, Smartphone, SquareCheck, Type,
  Users, type LucideIcon, MessageCircleQuestion, Folder, Layers,
} from 'lucide-react'
import type { JsonObject } from '../api/types'
import { list, object, text, type Element } from '../draft/walk'

const answers: Record<string, LucideIcon> = {
  Number: Hash, Currency: PoundSterling, Percentage: Percent, Unit: Ruler, Radio: CircleDot, Checkbox: SquareCheck, Dropdown: ChevronsUpDown, TextField: Type, TextArea: AlignLeft, Date: Calendar,
  MonthYearDate: Calendar, YearDate: Calendar, DateRange: CalendarRange, Duration: Hourglass, Address: MapPin, MobileNumber: Smartphone, Relationship: Users,
}
const blocks: Record<string, LucideIcon> = {
  Introduction: BookOpen, Interstitial: FileText, ConfirmationQuestion: CircleHelp, CalculatedSummary: Sigma, GrandCalculatedSummary: Sigma, ListCollector: ListPlus, ListCollectorContent: ListPlus,
  PrimaryPersonListCollector: ListPlus, ListCollectorDrivingQuestion: ListPlus, RelationshipCollector: Users, Question: MessageCircleQuestion,
}
export const answerIcon = (type: string): LucideIcon => answers[type] ?? MessageCircleQuestion
export const kindIcon = (kind: string): LucideIcon => blocks[kind] ?? MessageCircleQuestion
export const questionOf = (block: JsonObject): JsonObject => object(block.question ?? object(list(block.question_variants)[0]).question)

export function iconOf(element: Element): LucideIcon {
  if (element.kind === 'section') return Layers
  if (element.kind === 'group') return Folder
  if (element.kind === 'answer') return answerIcon(text(element.value.type))
  const kind = text(element.value.type)
  if (kind !== 'Question') return kindIcon(kind)
  const question = questionOf(element.value)
  if (question.type === 'DateRange') return CalendarRange
  return answerIcon(text(object(list(question.answers)[0]).type))
}

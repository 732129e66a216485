/** Examples of the guide "Composers": the type of an answer. */
// #region answer-of
import type { AnswerOf } from "heddle";
import type { orderPage } from "../../composers/web/order-page.ts";

/** What a frontend receives: every part replaced by what it resolves to. */
export type OrderPage = AnswerOf<typeof orderPage>;

export const firstProduct = (page: OrderPage): string => page.products[0]?.name ?? "nothing";
// #endregion

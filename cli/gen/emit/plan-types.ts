/** The parts of a plan, by way of the package's public door: the command line knows nothing of the floors behind it. */
import type { OperationPlan } from "heddle";

export type { OperationPlan };
export type PathPiece = OperationPlan["path"][number];
export type ParameterPlan = Exclude<PathPiece, string>;
export type ParameterStyle = ParameterPlan["style"];
export type BodyPlan = NonNullable<OperationPlan["body"]>;
export type EncodingPlan = NonNullable<BodyPlan["media"][number]["encoding"]>[string];
export type AnswerPlan = OperationPlan["answers"][string];

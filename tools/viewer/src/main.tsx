import { render } from "preact";
import { TraceSchema } from "#proto/trace_pb";
import "./style/base.css";

render(<h1>oneup {TraceSchema.typeName}</h1>, document.getElementById("app")!);

// The viewer's page: docs/viewer.md is its guide.
import { effect } from "@preact/signals";
import { render } from "preact";
import { fetchSite } from "./net/api";
import { keepAddress, restore } from "./state/address";
import { listenToKeys } from "./state/keys";
import { base, site, siteError, starting } from "./state/store";
import { connection, openBase } from "./state/worlds";
import { App } from "./views/app";
import "./style/base.css";
import "./style/page.css";
import "./style/views.css";
import "./style/side.css";
import "./style/dialogs.css";

// Both are on their way while the page is built.
const asked = fetchSite();
connection.warm();

const root = document.getElementById("app")!;
root.replaceChildren();
const opened = restore(location.hash);
render(<App />, root);
listenToKeys();
keepAddress();
effect(() => {
  void base.value?.version.value;
  const title = base.value?.trace.scenario.title;
  document.title = title ? `${title} · oneup` : "oneup";
});

asked.then(
  (s) => {
    site.value = s;
    // A server that was started with a trace was started to show it.
    const first = s.traces[0];
    if (!opened && !base.value && !first) starting.value = true;
    if (!opened && !base.value && first) {
      openBase({ kind: "trace", name: first.name, seed: "", resolution: "", until: "", lines: [] });
    }
  },
  (error: Error) => {
    siteError.value = error.message;
    if (!base.value) starting.value = true;
  },
);

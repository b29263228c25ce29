// What is selected: what it is, its evidence, why it happened, what came of it. With nothing
// selected: what has happened up to the clock.
import { useState } from "preact/hooks";
import { EventKind } from "#proto/event_pb";
import { chainTo, consequencesOf, rulesBehind } from "../data/chains";
import { clock, day, isHebrew, isoDay, percent, plain, price, dollars } from "../data/format";
import { companyOf, nameOf, type EvidenceItem } from "../data/scenario";
import { companyName } from "../data/network";
import { closeAt } from "../data/prices";
import { kindText, sentence, termsRows, tickerName } from "../data/words";
import { lastAt, type Entry, type EntryOf, type Trace } from "../data/trace";
import { Kind } from "../data/wire";
import { alive, base, domain, fork, lines, now, range, select, selected, selection, selectRecord, showTime, site, tab, type World } from "../state/store";
import { baseNetwork, forkNetwork } from "./network";
import { Icon } from "./parts";

export function Details() {
  const s = selection.value;
  const world = s?.fork ? fork.value : alive.value;
  if (!world || !alive.value) return null;
  void world.version.value;
  const found = selected.value;
  return (
    <div class="details">
      {s && (
        <button type="button" class="button icon plain small back" aria-label="Close what is selected (Escape)" title="Close (Escape)" onClick={() => select(null)}>
          <Icon name="close" />
        </button>
      )}
      {found ? <OfRecord world={found.world} entry={found.entry} />
        : s?.kind === "actor" ? <OfActor world={world} id={s.id} />
        : s?.kind === "listing" ? <OfListing world={world} ticker={s.id} />
        : s?.kind === "pair" ? <OfPair world={world} id={s.id} />
        : <SoFar />}
    </div>
  );
}

/** A text that may be in Hebrew: it runs in its own direction. */
export function Foreign({ children }: { children: string }) {
  return isHebrew(children) ? <bdi dir="auto" lang="he">{children}</bdi> : <bdi dir="auto">{children}</bdi>;
}

function Line({ world, entry, here = false, more = "" }: { world: World; entry: Entry; here?: boolean; more?: string }) {
  return (
    <li class={here ? "here" : ""}>
      <button type="button" class="link line" aria-current={here ? "true" : undefined} onClick={() => selectRecord(entry.id, world.mark !== "", true)}>
        <span class="when">{day(entry.t)}</span>
        <span class={`kind k${entry.kind}`}>{kindText(entry)}</span>
        <span class="say">{sentence(world.trace, entry)}</span>{more && <span class="when"> {more}</span>}
      </button>
    </li>
  );
}

function OfRecord({ world, entry }: { world: World; entry: Entry }) {
  const { trace } = world;
  const chain = chainTo(trace, entry.id);
  const { direct, count, more, happenings } = consequencesOf(trace, entry.id);
  // Of many effects those of the story; the market's are in the table of reactions.
  const shown = direct.filter((e) => e.kind !== Kind.reaction && e.kind !== Kind.beliefRevision).slice(0, 12);
  const later = happenings.filter((h) => !direct.includes(h)).slice(0, 8);
  return (
    <article>
      <p class="meta">
        <span class={`kind k${entry.kind}`}>{kindText(entry)}</span> {day(entry.t)}, {clock(entry.t)} UTC
        {"public" in entry.body && !entry.body.public && <span class="tag">in secret</span>}
        {world.mark && <span class="tag fork">what if</span>}
        {Math.abs(now.value - entry.t) > 60_000 && (
          <button type="button" class="link" onClick={() => showTime(entry.t)}>go there</button>
        )}
      </p>
      <p class="headline"><Foreign>{sentence(trace, entry)}</Foreign></p>
      <Body world={world} entry={entry} />
      <h3>Why it happened</h3>
      {chain.length > 1 ? (
        <Chain key={entry.id} world={world} chain={chain} />
      ) : (
        <p class="dim">Nothing in the record led to it: {entry.kind === Kind.happening ? "the scenario tells it" : "it comes from the passing of time or the market"}.</p>
      )}
      <h3>What came of it</h3>
      {count ? (
        <>
          <p class="dim">{more ? "over " : ""}{count} record{count === 1 ? "" : "s"} in all{happenings.length ? `, ${happenings.length} event${happenings.length === 1 ? "" : "s"} of the story` : ""}.</p>
          <ol class="chain loose">{shown.map((e) => <Line key={e.id} world={world} entry={e} />)}</ol>
          {later.length > 0 && (
            <>
              <p class="dim">Further on:</p>
              <ol class="chain loose">{later.map((e) => <Line key={e.id} world={world} entry={e} />)}</ol>
            </>
          )}
        </>
      ) : (
        <p class="dim">Nothing {world.status.value === "loading" ? "yet" : "that the record names"}.</p>
      )}
      <Reactions trace={trace} entry={entry} />
      <Evidence trace={trace} entry={entry} />
      <Ask world={world} entry={entry} />
      <p class="dim small">Record {entry.id}. In the terminal: <code>oneup trace why FILE {entry.id}</code></p>
    </article>
  );
}

// Of a long chain the first causes and the last steps; the haggling between can be opened.
function Chain({ world, chain }: { world: World; chain: Entry[] }) {
  const [all, showAll] = useState(chain.length <= 12);
  const head = all ? chain : chain.slice(0, 4);
  const tail = all ? [] : chain.slice(-6);
  const last = chain.at(-1);
  const line = (e: Entry) => <Line key={e.id} world={world} entry={e} here={e === last} />;
  return (
    <ol class="chain">
      {head.map(line)}
      {!all && <li><button type="button" class="link small" onClick={() => showAll(true)}>… {chain.length - 10} more steps</button></li>}
      {tail.map(line)}
    </ol>
  );
}

function Body({ world, entry }: { world: World; entry: Entry }) {
  const { trace } = world;
  const rows: [string, string][] = [];
  if (entry.kind === Kind.happening) {
    rows.push(["Who", entry.body.actors.map((a) => nameOf(trace.scenario, a)).join(", ")], ...termsRows(entry.body.terms));
    const told = trace.scenario.events.get(entry.body.eventId);
    if (told?.detail) rows.push(["More", told.detail]);
    if (told?.surprise) rows.push(["How much was new", told.surprise]);
  } else if (entry.kind === Kind.offer) {
    const bn = (m: bigint) => dollars(Number(m) / 1000);
    rows.push(...termsRows(entry.body.terms));
    const { from, worthUsdMillions, reservationUsdMillions, economicUsdMillions } = entry.body;
    rows.push([`Worth to ${nameOf(trace.scenario, from)}`, `${bn(worthUsdMillions)}, of it economic ${bn(economicUsdMillions)}`], ["Without a deal", bn(reservationUsdMillions)]);
  } else if (entry.kind === Kind.ruleFiring) {
    const rule = site.value?.rules.find((r) => r.id === entry.body.rule);
    if (rule) rows.push(["Family", rule.family], ["The rule", rule.text || rule.title]);
  } else if (entry.kind === Kind.news) {
    const { surprisePpm, credibilityPpm } = entry.body;
    if (surprisePpm !== undefined) rows.push(["New", `${plain(surprisePpm / 1e4)} %`]);
    if (credibilityPpm !== undefined) rows.push(["Believed", `${plain(credibilityPpm / 1e4)} %`]);
  }
  if (!rows.length) return null;
  return (
    <dl class="terms">
      {rows.map(([k, v]) => <div key={k} class={v.length > 44 ? "long" : ""}><dt>{k}</dt><dd><Foreign>{v}</Foreign></dd></div>)}
    </dl>
  );
}

// What the article or another source says: of the event itself, else of the rules behind it.
function Evidence({ trace, entry }: { trace: Trace; entry: Entry }) {
  const eventId = entry.kind === Kind.happening || entry.kind === Kind.news ? entry.body.eventId : "";
  const told = trace.scenario.events.get(eventId);
  const quoted = told ? told.evidence.map(item) : [];
  const rules = told ? [] : rulesBehind(trace, entry.id);
  return (
    <>
      <h3>Evidence</h3>
      {quoted.length > 0 && <ul class="evidence">{quoted}</ul>}
      {!told && <p class="dim">This emerged in the run: no source tells it.{rules.length ? " The rules of behaviour behind it rest on:" : ""}</p>}
      {rules.length > 0 && (
        <ul class="evidence">
          {rules.map((id) => {
            const rule = site.value?.rules.find((r) => r.id === id);
            const sources = (rule?.evidence ?? []).map((e) => e.quote || e.text || e.source).filter(Boolean).join("; ");
            return <li key={id}><b>{id}</b> {rule ? <><Foreign>{rule.title || rule.text}</Foreign>{sources && <span class="source"><Foreign>{sources}</Foreign></span>}</> : null}</li>;
          })}
        </ul>
      )}
    </>
  );
}

const statusText: Record<string, string> = { article: "stated in the article", verified: "checked", recalled: "recalled", assumed: "assumed" };
const item = (e: EvidenceItem, i: number) => (
  <li key={i}>
    <Foreign>{e.source}</Foreign> <span class={`tag s-${e.status}`}>{statusText[e.status] ?? e.status}</span>
    {e.note && <span class="source"><Foreign>{e.note}</Foreign></span>}
  </li>
);

function Reactions({ trace, entry }: { trace: Trace; entry: Entry }) {
  if (entry.kind !== Kind.happening) return null;
  const rows = trace.all(Kind.reaction).filter((r) => r.body.eventId === entry.body.eventId);
  if (!rows.length) return null;
  const of = (ppm: bigint | undefined) => (ppm === undefined ? "–" : percent(Number(ppm)));
  const recorded = rows.some((r) => r.body.recorded?.firstDayPpm !== undefined);
  return (
    <>
      <h3>First day on the exchange</h3>
      <table class="numbers">
        <thead><tr><th scope="col">Stock</th><th scope="col">Simulated</th><th scope="col">Abnormal</th>{recorded && <th scope="col">Recorded</th>}</tr></thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.id}>
              <th scope="row">{tickerName(trace, r.body.ticker)}</th>
              <td>{of(r.body.simulated?.firstDayPpm)}</td>
              <td>{of(r.body.simulated?.abnormalPpm)}</td>
              {recorded && <td>{of(r.body.recorded?.firstDayPpm)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

// What if this had been otherwise? Lines for the what-if from what is selected.
function Ask({ world, entry }: { world: World; entry: Entry }) {
  if (world.mark || entry.kind !== Kind.happening) return null;
  const id = entry.body.eventId;
  const asks: [string, string][] = [["What if this had not happened?", `drop ${id}`]];
  const supplier = entry.body.actors.find((a) => world.trace.scenario.suppliers.includes(a));
  if (supplier) {
    const name = nameOf(world.trace.scenario, supplier);
    if (entry.body.kind === EventKind.REFUSAL || entry.body.kind === EventKind.STALL || entry.body.kind === EventKind.PROPOSAL) asks.push([`What if ${name} had to accept?`, `force ${supplier}.accept from ${isoDay(entry.t)}`]);
    if (entry.body.kind === EventKind.ANNOUNCEMENT) asks.push([`What if ${name} had refused?`, `force ${supplier}.refuse`]);
  }
  return (
    <p class="asks">
      {asks.map(([text, line]) => (
        <button key={line} type="button" class="button small" onClick={() => { if (!lines.value.includes(line)) lines.value = [...lines.value, line]; tab.value = "whatif"; }}>{text}</button>
      ))}
    </p>
  );
}

function OfActor({ world, id }: { world: World; id: string }) {
  const { trace } = world;
  const actor = trace.scenario.actors.get(id);
  const company = actor?.company || id;
  const t = now.value;
  const persons = [...trace.scenario.actors.values()].filter((a) => a.person && a.company === company);
  const listing = trace.listing(trace.scenario.actors.get(company)?.ticker ?? "");
  const close = listing ? closeAt(trace, listing.ticker, t) : null;
  const circles = ((world.mark ? forkNetwork : baseNetwork).value?.circles ?? []).filter((c) => c.companies.includes(company)).slice(0, 6);
  const events = trace.all(Kind.happening).filter((h) => h.t <= t && h.body.actors.some((a) => companyOf(trace.scenario, a) === company)).slice(-12).reverse();
  return (
    <article>
      <p class="headline">{companyName(trace, company)}</p>
      <p class="dim">{trace.scenario.actors.get(company)?.role}</p>
      <dl class="terms">
        {listing && close !== null && <div><dt>{listing.ticker} at the clock</dt><dd>{price(close, listing.currency)}</dd></div>}
        {listing && (
          <div><dt>Stock</dt><dd><button type="button" class="link" onClick={() => select({ kind: "listing", id: listing.ticker, fork: world.mark !== "" })}>{listing.name}</button></dd></div>
        )}
        {persons.map((p) => {
          const mind = world.minds.value.get(p.id);
          return (
            <div key={p.id}>
              <dt>{p.name}</dt>
              <dd>{p.role}{mind ? `; FOMO ${mind.fomo.at(t).toFixed(2)}, lost face ${mind.face.at(t).toFixed(2)}` : ""}</dd>
            </div>
          );
        })}
      </dl>
      {circles.length > 0 && (
        <>
          <h3>Money that can go round</h3>
          <dl class="terms">
            {circles.map((c) => <div key={c.companies.join()} class="long"><dt>{dollars(c.usdBn)}</dt><dd>{[...c.companies, c.companies[0]!].map((id) => companyName(trace, id)).join(" → ")}</dd></div>)}
          </dl>
        </>
      )}
      <h3>Latest up to the clock</h3>
      {events.length ? <ol class="chain loose">{events.map((e) => <Line key={e.id} world={world} entry={e} />)}</ol> : <p class="dim">Nothing yet.</p>}
    </article>
  );
}

function OfListing({ world, ticker }: { world: World; ticker: string }) {
  const { trace } = world;
  const listing = trace.listing(ticker);
  const sessions = trace.sessions.get(ticker);
  if (!listing || !sessions) return null;
  const t = now.value;
  const i = lastAt(sessions.t, t);
  const first = Math.max(0, lastAt(sessions.t, range.value[0]));
  const change = (from: number) => percent((sessions.close[i]! / sessions.close[from]! - 1) * 1e6);
  const recorded = i >= 0 ? recordedClose(trace, ticker, sessions.t[i]!) : null;
  const news = trace.all(Kind.news).filter((n) => n.body.ticker === ticker && n.t <= t).slice(-10).reverse();
  return (
    <article>
      <p class="headline">{listing.name} <span class="dim">{ticker}</span></p>
      {i >= 0 && (
        <dl class="terms">
          <div><dt>Close of {day(sessions.t[i]!)}</dt><dd>{price(sessions.close[i]!, listing.currency)}</dd></div>
          {i > 0 && <div><dt>On that day</dt><dd>{change(i - 1)}</dd></div>}
          <div><dt>Since {day(sessions.t[first]!)}</dt><dd>{change(first)}</dd></div>
          {recorded !== null && <div><dt>Recorded, adjusted</dt><dd>{price(recorded, listing.currency)}</dd></div>}
          <div><dt>Traded</dt><dd>{plain(sessions.volume[i]! / 1e6)} million shares</dd></div>
        </dl>
      )}
      <h3>News that reached its traders, up to the clock</h3>
      {news.length ? (
        <ol class="chain loose">
          {news.map((n) => {
            const cause = trace.get(n.cause);
            return cause ? <Line key={n.id} world={world} entry={cause} more={`${percent(Number(n.body.logValuePpm))} of value`} /> : <Line key={n.id} world={world} entry={n} />;
          })}
        </ol>
      ) : <p class="dim">None yet.</p>}
    </article>
  );
}

function recordedClose(trace: Trace, ticker: string, t: number): number | null {
  const recorded = trace.scenario.history().get(ticker);
  const at = recorded?.days.indexOf(isoDay(t)) ?? -1;
  return at < 0 ? null : recorded!.closes[at]!;
}

function OfPair({ world, id }: { world: World; id: string }) {
  const [from, to] = id.split(">") as [string, string];
  const list = world.promises.value.filter((p) => p.from === from && p.to === to && p.t <= now.value);
  return (
    <article>
      <p class="headline">{companyName(world.trace, from)} to {companyName(world.trace, to)}</p>
      <dl class="terms">{list.map((p, i) => <div key={i}><dt>{day(p.t)}, {p.kind}</dt><dd>{p.upTo ? "up to " : ""}{dollars(p.usdBn)}</dd></div>)}</dl>
      <h3>By</h3>
      <ol class="chain">{[...new Set(list.map((p) => p.id))].map((r) => <Line key={r} world={world} entry={world.trace.get(r)!} />)}</ol>
    </article>
  );
}

const eventsUpTo = (world: World, t: number) => world.trace.all(Kind.happening).filter((h) => h.t <= t);

function SoFar() {
  const world = base.value!;
  const other = fork.value;
  const t = now.value;
  const events = eventsUpTo(world, t);
  const list = events.slice(-14).reverse();
  return (
    <article>
      {other && <Apart mine={world} other={other} />}
      <p class="lead">{other ? `The baseline up to ${day(t)}` : `Up to ${day(t)}`}</p>
      {t >= domain.value[1] && !other && <p class="dim">The end of the story. Press Space to see how it came about, or click anything.</p>}
      {list.length ? <ol class="chain loose">{list.map((e) => <Line key={e.id} world={world} entry={e} />)}</ol> : <p class="dim">Nothing has happened yet. Play, or step to the first event.</p>}
    </article>
  );
}

// What has happened up to the clock in one of two worlds only, the latest first.
function Apart({ mine, other }: { mine: World; other: World }) {
  void other.version.value;
  const t = now.value;
  const [a, b] = [eventsUpTo(mine, t), eventsUpTo(other, t)];
  const key = (h: EntryOf<typeof Kind.happening>) => `${h.t} ${h.body.headline}`;
  const without = (list: typeof a, known: typeof a) => {
    const keys = new Set(known.map(key));
    return list.filter((h) => !keys.has(key(h))).slice(-6).reverse();
  };
  const [onlyMine, onlyOther] = [without(a, b), without(b, a)];
  return (
    <>
      {([["Only in the what-if", other, onlyOther], ["Only in the baseline", mine, onlyMine]] as const).map(([title, world, list]) => (
        <div key={title}>
          <p class="lead">{title}</p>
          {list.length ? <ol class="chain loose">{list.map((e) => <Line key={e.id} world={world} entry={e} />)}</ol> : <p class="dim">Nothing up to {day(t)}.</p>}
        </div>
      ))}
    </>
  );
}

extension ClaimPage {
    /// How the page looks on a desk, on a phone and on A4.
    ///
    /// Verdicts differ by the line under the figure as well, for those who do not see the colours.
    static let style: StaticString = """
        :root {
          color-scheme: light dark;
          --paper: #fcfcfa; --raised: #ffffff; --ink: #22262b; --soft: #5d6670; --faint: #8b949e; --rule: #e3e4df;
          --holds: #2f7d4a; --holds-tint: #e6f3ea; --truncated: #94610a; --truncated-tint: #fbefd2;
          --explained: #2a63a5; --explained-tint: #e4eefa; --wrong: #b3261e; --wrong-tint: #fbe1df;
          --unverifiable: #6a7077; --unverifiable-tint: #eeefed; --shadow: 0 8px 28px rgb(30 35 40 / .18);
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #16191d; --raised: #1f2328; --ink: #e4e6e8; --soft: #a4acb4; --faint: #7b848d;
            --rule: #31373e; --holds: #7fcf98; --holds-tint: #1d3325; --truncated: #e9bd67;
            --truncated-tint: #3a2f17; --explained: #8fbdf2; --explained-tint: #1b2d44; --wrong: #ff9a92;
            --wrong-tint: #47211f; --unverifiable: #a9b0b7; --unverifiable-tint: #2a2e33;
            --shadow: 0 8px 28px rgb(0 0 0 / .5);
          }
        }
        .holds { --tone: var(--holds); --tint: var(--holds-tint); }
        .truncated { --tone: var(--truncated); --tint: var(--truncated-tint); }
        .explained { --tone: var(--explained); --tint: var(--explained-tint); }
        .wrong { --tone: var(--wrong); --tint: var(--wrong-tint); }
        .unverifiable { --tone: var(--unverifiable); --tint: var(--unverifiable-tint); }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; }
        body {
          margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 74rem; background: var(--paper);
          color: var(--ink); line-height: 1.6; -webkit-text-size-adjust: 100%;
          font-family: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
            "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
        }
        html:lang(en) .zh, html:lang(zh) .en { display: none !important; }
        button { font: inherit; color: inherit; cursor: pointer; }
        :focus-visible { outline: 2px solid var(--explained); outline-offset: 2px; }
        header { margin-bottom: 2rem; }
        .top { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
        h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; font-weight: 650; }
        .switch {
          border: 1px solid var(--rule); background: var(--raised); border-radius: 99px;
          padding: .2rem .9rem; font-size: .875rem; flex: none;
        }
        .names { margin: .25rem 0 1.1rem; color: var(--soft); overflow-wrap: anywhere; }
        .chips { display: flex; flex-wrap: wrap; gap: .5rem; }
        .chip {
          --tone: var(--ink); --tint: var(--raised); border: 1px solid var(--rule); border-radius: .6rem;
          padding: .4rem .9rem; font-size: .9375rem; background: var(--raised);
        }
        .chip.holds { --tone: var(--holds); --tint: var(--holds-tint); }
        .chip.truncated { --tone: var(--truncated); --tint: var(--truncated-tint); }
        .chip.explained { --tone: var(--explained); --tint: var(--explained-tint); }
        .chip.wrong { --tone: var(--wrong); --tint: var(--wrong-tint); }
        .chip.unverifiable { --tone: var(--unverifiable); --tint: var(--unverifiable-tint); }
        .chip b { color: var(--tone); font-size: 1.125rem; font-variant-numeric: tabular-nums; }
        .chip[aria-pressed="true"] { border-color: var(--tone); background: var(--tint); }
        .columns { display: block; }
        aside h2, summary { font-size: 1rem; font-weight: 650; margin: 0 0 .6rem; }
        h2 .en::first-letter, summary .en::first-letter { text-transform: uppercase; }
        h2 .en, summary .en { display: inline-block; }
        aside small { color: var(--faint); font-weight: 400; font-size: .9rem; }
        summary { cursor: pointer; }
        .findings { margin-bottom: 1.75rem; }
        .findings ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
        .findings li {
          background: var(--raised); border: 1px solid var(--rule); border-left: 4px solid var(--tone);
          border-radius: .5rem; padding: .7rem .9rem; font-size: .9375rem;
        }
        .findings a { color: var(--soft); font-size: .8125rem; text-decoration-color: var(--rule); }
        blockquote { margin: .15rem 0 .35rem; overflow-wrap: anywhere; }
        blockquote b { color: var(--tone); }
        .findings li p { margin: 0; color: var(--soft); }
        .fine { color: var(--holds); margin: 0 0 1.5rem; }
        article h2 { font-size: 1.125rem; margin: 2.5rem 0 1rem; overflow-wrap: anywhere; }
        article:first-child h2 { margin-top: 0; }
        article p {
          position: relative; margin: 0 0 1rem; line-height: 1.95; overflow-wrap: anywhere;
          padding-left: 2.6rem; content-visibility: auto; contain-intrinsic-size: auto 6rem;
        }
        .number {
          position: absolute; left: 0; width: 1.9rem; text-align: right; color: var(--faint);
          font-size: .75rem; line-height: 2.6; font-variant-numeric: tabular-nums; user-select: none;
        }
        mark {
          color: inherit; background: var(--tint); border-radius: .2rem; padding: .08em .18em;
          border-bottom: 2px solid var(--tone); cursor: help; scroll-margin: 30vh;
        }
        mark.holds { border-bottom-width: 1px; }
        mark.wrong { color: var(--wrong); font-weight: 650; border-bottom-style: double; border-width: 4px; }
        mark.truncated { border-bottom-style: dashed; }
        mark.explained { border-bottom-style: dotted; }
        mark.unverifiable { border-bottom: 1px dashed var(--tone); }
        mark.aside { background: none; border-bottom: 1px solid var(--rule); color: inherit; font-weight: 400; }
        mark:target { outline: 2px solid var(--tone); outline-offset: 2px; }
        .from { border-radius: .2rem; box-shadow: 0 0 0 2px var(--explained); }
        .tip {
          display: none; position: absolute; z-index: 2; width: max-content;
          max-width: min(24rem, calc(100vw - 2rem)); background: var(--raised); border: 1px solid var(--rule);
          border-radius: .6rem; box-shadow: var(--shadow); font-size: .9375rem; overflow: auto;
        }
        .tip.open { display: block; }
        .told { padding: .65rem .9rem .75rem; border-top: 3px solid var(--tone); }
        .told p { margin: 0; overflow-wrap: anywhere; }
        .told .verdict b { color: var(--tone); }
        .told .verdict i { color: var(--faint); font-style: normal; font-size: .8125rem; margin-left: .4rem; }
        .told .sum { font-size: 1.0625rem; font-variant-numeric: tabular-nums; margin: .1rem 0 .25rem; }
        footer {
          margin-top: 3rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--soft);
          font-size: .875rem;
        }
        footer dl { margin: 0; display: grid; gap: .4rem; }
        footer dl div { display: flex; gap: .75rem; align-items: baseline; }
        footer dt { flex: 0 0 9.5rem; }
        footer dd { margin: 0; }
        footer mark { cursor: auto; color: var(--ink); font-weight: 400; }
        @media (min-width: 62rem) {
          .columns { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 3rem; }
          main { order: 1; }
          aside {
            order: 2; position: sticky; top: 1.25rem; align-self: start; max-height: calc(100vh - 2.5rem);
            overflow: auto; padding-right: .25rem;
          }
        }
        @media (max-width: 40rem) {
          body { padding: 1.25rem 1rem 3rem; }
          h1 { font-size: 1.25rem; }
          article p { padding-left: 0; }
          .number { display: none; }
          footer dl div { display: block; }
          .tip.open {
            position: fixed; left: .5rem !important; right: .5rem; bottom: .5rem; top: auto !important;
            width: auto; max-width: none; max-height: 55vh;
          }
        }
        @media print {
          @page { size: A4; margin: 18mm 16mm; }
          :root { color-scheme: light; }
          body { padding: 0; max-width: none; font-size: 10.5pt; background: none; }
          .switch, .tip { display: none !important; }
          .chip { border: 0; padding: 0 1rem 0 0; background: none !important; }
          article p { content-visibility: visible; line-height: 1.8; orphans: 2; widows: 2; }
          mark, .findings li { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          .findings li, footer { break-inside: avoid; }
          details li { border: 0 !important; padding: 0 !important; background: none !important; }
          details li a, details blockquote, details li p { display: inline; margin: 0 .6em 0 0; }
          details.findings ol { gap: .3rem; }
        }

        """
}

package dev.starling.jobs.report;

/** The page's style sheet: black on white, print and small screens included. */
final class ReportStyle {
    static final String CSS =
            """
            body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 980px; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #ddd; padding-bottom: .2rem; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
            th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #eee; }
            tr > th:first-child { text-align: left; font-weight: 600; white-space: nowrap; }
            .confusion td { min-width: 1.6rem; padding: .25rem .4rem; text-align: center; border: 1px solid #fff; }
            .confusion .column { max-width: 6rem; overflow-wrap: anywhere; font-weight: 400; font-size: .8rem; text-align: center; }
            pre { background: #f6f7f9; padding: 1rem; overflow-x: auto; font-size: 13px; line-height: 1.4; }
            .charts { display: flex; flex-wrap: wrap; gap: 1rem; }
            svg, img { max-width: 100%; height: auto; }
            svg .title { font: 600 14px system-ui, sans-serif; }
            svg .tick { font: 12px system-ui, sans-serif; fill: #555; }
            svg .grid { stroke: #e6e6e6; }
            svg .axis { stroke: #888; }
            """;

    private ReportStyle() {}
}

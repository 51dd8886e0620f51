using Carillon.Testing;

namespace Carillon.Metrics.Tests;

/// <summary>What the strict readers of the tests must refuse: each rule has a page that breaks it and nothing else.</summary>
public sealed class ExpositionReaderTests
{
    private const string Text = """
        # HELP a_total A "count" with a \\ and a \n.
        # TYPE a_total counter
        a_total{x="1",y="\\ \" \n ü"} 1
        a_total{x="2"} 2.5E+07
        # HELP b_seconds A gauge.
        # TYPE b_seconds gauge
        b_seconds -1.5
        # HELP c_seconds A histogram.
        # TYPE c_seconds histogram
        c_seconds_bucket{x="1",le="0.001"} 1
        c_seconds_bucket{x="1",le="1e+06"} 3
        c_seconds_bucket{x="1",le="+Inf"} 3
        c_seconds_sum{x="1"} 1.5
        c_seconds_count{x="1"} 3
        # HELP d_total Anything.
        # TYPE d_total untyped
        d_total NaN

        """;

    private const string OpenMetrics = """
        # TYPE a counter
        # HELP a A \"count\" with a \\ and a \n.
        a_total{x="1",y="\\ \" \n ü"} 1
        a_total{x="2"} 2.5E+07
        # TYPE b_seconds gauge
        # UNIT b_seconds seconds
        # HELP b_seconds A gauge.
        b_seconds -1.5
        # TYPE c_seconds histogram
        # UNIT c_seconds seconds
        # HELP c_seconds A histogram.
        c_seconds_bucket{x="1",le="0.001"} 1
        c_seconds_bucket{x="1",le="1e+06"} 3
        c_seconds_bucket{x="1",le="+Inf"} 3
        c_seconds_sum{x="1"} 1.5
        c_seconds_count{x="1"} 3
        # TYPE d_total unknown
        # HELP d_total Anything.
        d_total NaN
        # EOF

        """;

    public static readonly TheoryData<string, string, string> InBoth = new()
    {
        { "carriage return", "A gauge.\n", "A gauge.\r\n" },
        { "not a number", "b_seconds -1.5\n", "b_seconds -1.5\r\n" },
        { "empty line", "b_seconds -1.5\n", "b_seconds -1.5\n\n" },
        { "no metadata", "b_seconds -1.5\n", "b_seconds -1.5\n# a comment\n" },
        { "no metadata", "# TYPE b_seconds gauge", "#  TYPE b_seconds gauge" },
        { "metadata twice", "# TYPE b_seconds gauge\n", "# TYPE b_seconds gauge\n# TYPE b_seconds gauge\n" },
        { "metadata twice", "# HELP b_seconds A gauge.\n", "# HELP b_seconds A gauge.\n# HELP b_seconds A gauge.\n" },
        { "metadata after samples", "b_seconds -1.5\n", "b_seconds -1.5\n# HELP b_seconds A gauge.\n" },
        { "not a type", "b_seconds gauge", "b_seconds gage" },
        { "before its HELP", "# HELP b_seconds A gauge.\n", "" },
        { "a family without HELP", "b_seconds -1.5\n", "b_seconds -1.5\n# TYPE e gauge\n" },
        { "a family without TYPE", "b_seconds -1.5\n", "b_seconds -1.5\n# HELP e A gauge.\n" },
        { "before its TYPE", "# TYPE b_seconds gauge\n", "" },
        { "family comes twice", "c_seconds_count{x=\"1\"} 3\n", "c_seconds_count{x=\"1\"} 3\n# TYPE b_seconds gauge\n# HELP b_seconds A gauge.\n" },
        { "sample of another family", "b_seconds -1.5\n", "b_seconds -1.5\na_total{x=\"3\"} 1\n" },
        { "sample of another family", "c_seconds_count{x=\"1\"} 3\n", "c_seconds_count{x=\"1\"} 3\nc_seconds{x=\"1\"} 3\n" },
        { "series comes twice", "a_total{x=\"2\"} 2.5E+07\n", "a_total{x=\"2\"} 2.5E+07\na_total{x=\"2\"} 3\n" },
        { "series comes twice", "a_total{x=\"2\"} 2.5E+07\n", "a_total{y=\"\\\\ \\\" \\n ü\",x=\"1\"} 1\n" },
        { "not exactly one space", "b_seconds -1.5", "b_seconds\t-1.5" },
        { "not a number", "b_seconds -1.5", "b_seconds  -1.5" },
        { "not a number", "b_seconds -1.5", "b_seconds -1.5 " },
        { "not a number", "b_seconds -1.5", "b_seconds -1.5 1700000000000" },
        { "not a number", "b_seconds -1.5", "b_seconds -1.5 # {trace_id=\"1\"} 1" },
        { "not a number", "b_seconds -1.5", "b_seconds -1,5" },
        { "not a number", "b_seconds -1.5", "b_seconds 0x10" },
        { "not a number", "b_seconds -1.5", "b_seconds 1_000" },
        { "not a number", "b_seconds -1.5", "b_seconds ∞" },
        { "not a number", "b_seconds -1.5", "b_seconds Infinity" },
        { "not a number", "b_seconds -1.5", "b_seconds +INF" },
        { "not a number", "b_seconds -1.5", "b_seconds" + " " },
        { "not a name", "b_seconds -1.5", " b_seconds -1.5" },
        { "not a name", "a_total{x=\"2\"}", "a_total{x=\"2\",}" },
        { "not a name", "a_total{x=\"2\"}", "a_total{}" },
        { "not a name", "a_total{x=\"2\"}", "a_total{2=\"2\"}" },
        { "without =", "a_total{x=\"2\"}", "a_total{x =\"2\"}" },
        { "without quotes", "a_total{x=\"2\"}", "a_total{x=2}" },
        { "do not end", "a_total{x=\"2\"}", "a_total{x=\"2\" }" },
        { "does not end", "a_total{x=\"2\"}", "a_total{x=\"2}" },
        { "unknown escape", "a_total{x=\"2\"}", "a_total{x=\"\\t\"}" },
        { "reserved", "a_total{x=\"2\"}", "a_total{__x=\"2\"}" },
        { "belongs to the scraper", "a_total{x=\"2\"}", "a_total{job=\"2\"}" },
        { "belongs to the scraper", "a_total{x=\"2\"}", "a_total{instance=\"2\"}" },
        { "empty label value", "a_total{x=\"2\"}", "a_total{x=\"\"}" },
        { "a label comes twice", "a_total{x=\"2\"}", "a_total{x=\"2\",x=\"3\"}" },
        { "negative or not a number", "2.5E+07", "-1" },
        { "negative or not a number", "2.5E+07", "NaN" },
        { "the last bucket is not +Inf", "c_seconds_bucket{x=\"1\",le=\"+Inf\"} 3\n", "" },
        { "count and +Inf differ", "c_seconds_count{x=\"1\"} 3\n", "c_seconds_count{x=\"1\"} 4\n" },
        { "count and +Inf differ", "c_seconds_count{x=\"1\"} 3\n", "" },
        { "no sum", "c_seconds_sum{x=\"1\"} 1.5\n", "" },
        { "no sum", "c_seconds_sum{x=\"1\"} 1.5", "c_seconds_sum{x=\"1\"} -1.5" },
        { "bucket counts fall", "le=\"0.001\"} 1", "le=\"0.001\"} 4" },
        { "not a whole number", "le=\"0.001\"} 1", "le=\"0.001\"} 1.5" },
        { "bounds do not grow", "le=\"0.001\"", "le=\"2e+06\"" },
        { "not written canonically", "le=\"0.001\"", "le=\"1\"" },
        { "not written canonically", "le=\"0.001\"", "le=\"0.0010\"" },
        { "not written canonically", "le=\"1e+06\"", "le=\"1000000.0\"" },
        { "not written canonically", "le=\"1e+06\"", "le=\"many\"" },
        { "bucket without le", "c_seconds_bucket{x=\"1\",le=\"0.001\"} 1", "c_seconds_bucket{x=\"1\"} 1" },
        { "le on a sum", "c_seconds_sum{x=\"1\"}", "c_seconds_sum{x=\"1\",le=\"+Inf\"}" },
        {
            "not contiguous",
            "c_seconds_sum{x=\"1\"} 1.5\n",
            "c_seconds_bucket{le=\"+Inf\"} 0\nc_seconds_sum 0\nc_seconds_count 0\nc_seconds_sum{x=\"1\"} 1.5\n"
        },
    };

    public static readonly TheoryData<string, string, string> InText = new()
    {
        { "line feed", "NaN\n", "NaN" },
        { "not a type", "d_total untyped", "d_total unknown" },
        { "no metadata", "# TYPE b_seconds gauge\n", "# TYPE b_seconds gauge\n# UNIT b_seconds seconds\n" },
        { "name in the metadata", "# HELP a_total A", "# HELP b Counts.\n# TYPE b counter\nb 1\n# HELP a_total A" },
        { "_total on something else", "a_total counter", "a_total gauge" },
        { "unknown escape", "# HELP b_seconds A gauge.", "# HELP b_seconds A \\\"gauge\\\"." },
    };

    public static readonly TheoryData<string, string, string> InOpenMetrics = new()
    {
        { "line feed", "# EOF\n", "# EOF" },
        { "# EOF", "# EOF\n", "" },
        { "# EOF", "# EOF\n", "# EOF\nb_seconds 1\n" },
        { "no metadata", "# TYPE b_seconds gauge\n", "# EOF\n# TYPE b_seconds gauge\n" },
        { "not a type", "d_total unknown", "d_total untyped" },
        { "metadata twice", "# UNIT b_seconds seconds\n", "# UNIT b_seconds seconds\n# UNIT b_seconds seconds\n" },
        { "without its unit", "# UNIT b_seconds seconds", "# UNIT b_seconds bytes" },
        { "without text", "# UNIT b_seconds seconds", "# UNIT b_seconds " },
        { "name in the metadata", "b_seconds -1.5\n", "b_seconds -1.5\n# TYPE e_total counter\n# HELP e_total Counts.\n" },
        { "sample of another family", "a_total{x=\"2\"}", "a{x=\"2\"}" },
        { "another family uses", "d_total NaN\n", "d_total NaN\n# TYPE d counter\n# HELP d Counts.\n" },
        { "another family uses", "d_total NaN\n", "d_total NaN\n# TYPE c_seconds_count gauge\n# HELP c_seconds_count Counts.\n" },
        { "not escaped", "\\\"count\\\"", "\"count\"" },
    };

    [Fact]
    public void Valid_pages_are_read_and_tell_the_same()
    {
        var text = ExpositionPage.ParseText(Text);
        var openMetrics = ExpositionPage.ParseOpenMetrics(OpenMetrics);

        Assert.Equal(9, text.Samples.Count());
        Assert.Equal(
            text.Samples.Select(static s => (s.Name, s.LabelText(), s.Text)),
            openMetrics.Samples.Select(static s => (s.Name, s.LabelText(), s.Text)));
        Assert.Equal("\\ \" \n ü", text.Find("a_total", ("x", "1"))!.Labels["y"]);
        Assert.Equal("A \"count\" with a \\ and a \n.", text.Families["a_total"].Help);
        Assert.Equal(text.Families["a_total"].Help, openMetrics.Families["a"].Help);
        Assert.Equal("seconds", openMetrics.Families["b_seconds"].Unit);
    }

    [Theory]
    [MemberData(nameof(InBoth))]
    [MemberData(nameof(InText))]
    public void Text_page_that_breaks_a_rule_is_refused(string problem, string legal, string broken)
    {
        Refuses(ExpositionPage.ParseText, Text, problem, legal, broken);
    }

    [Theory]
    [MemberData(nameof(InBoth))]
    [MemberData(nameof(InOpenMetrics))]
    public void OpenMetrics_page_that_breaks_a_rule_is_refused(string problem, string legal, string broken)
    {
        Refuses(ExpositionPage.ParseOpenMetrics, OpenMetrics, problem, legal, broken);
    }

    [Fact]
    public void Content_type_of_another_form_is_refused()
    {
        Assert.NotEmpty(ExpositionPage.Parse("text/plain; version=0.0.4; charset=utf-8", Text).Families);
        Assert.Throws<FormatException>(() => ExpositionPage.Parse("text/plain; version=0.0.4", Text));
        Assert.Throws<FormatException>(() =>
            ExpositionPage.Parse("application/openmetrics-text; version=1.0.0; charset=utf-8", Text));
    }

    private static void Refuses(
        Func<string, ExpositionPage> parse, string page, string problem, string legal, string broken)
    {
        Assert.Contains(legal, page, StringComparison.Ordinal);
        var at = page.IndexOf(legal, StringComparison.Ordinal);
        var changed = string.Concat(page.AsSpan(0, at), broken, page.AsSpan(at + legal.Length));

        var refused = Assert.Throws<FormatException>(() => parse(changed));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}

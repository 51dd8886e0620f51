using Carillon.Metrics;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web.Tests.Metrics;

public sealed class MetricsFormatTests
{
    /// <summary>What Prometheus 2.42 sends.</summary>
    public const string Prometheus2 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /// <summary>What Prometheus 3 sends.</summary>
    public const string Prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    [Theory]
    [InlineData(null, "Text")]
    [InlineData("", "Text")]
    [InlineData("*/*", "Text")]
    [InlineData("text/plain", "Text")]
    [InlineData("application/json", "Json")]
    [InlineData("application/*", "Json")]
    [InlineData("application/json, */*", "Text")]
    [InlineData("application/json, */*;q=0.1", "Json")]
    [InlineData("application/json;q=0.5, text/plain;q=0.6", "Text")]
    [InlineData("application/json;q=0.6, text/plain;q=0.5", "Json")]
    [InlineData("application/json;q=0.7, text/*;q=0.6, */*;q=0.9", "OpenMetrics")]
    [InlineData("text/plain;version=0.0.4;q=0.2, application/json;q=0.3", "Json")]
    [InlineData("text/plain;version=1.0.0, application/json;q=0.3", "Json")]
    [InlineData("text/plain;version=\"0.0.4\", application/json;q=0.9", "Text")]
    [InlineData("application/json;q=0, text/plain;q=0", "Text")]
    [InlineData("application/json;charset=utf-8", "Json")]
    [InlineData("application/json;charset=utf-16", "Text")]
    [InlineData("image/png", "Text")]
    [InlineData("nonsense;;;", "Text")]
    [InlineData(Prometheus2, "OpenMetrics")]
    [InlineData(Prometheus3, "OpenMetrics")]
    [InlineData("application/openmetrics-text", "OpenMetrics")]
    [InlineData("Application/OpenMetrics-Text; Version=1.0.0; charset=UTF-8", "OpenMetrics")]
    [InlineData("application/openmetrics-text;version=0.0.1", "Text")]
    [InlineData("application/openmetrics-text;version=2.0.0, text/plain;q=0.1", "Text")]
    [InlineData("application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.6", "Text")]
    [InlineData("application/openmetrics-text;q=0, */*", "Text")]
    public void Form_is_the_one_that_is_weighed_most_and_text_on_a_tie(string? accept, string form)
    {
        var headers = new HeaderDictionary { ["Accept"] = accept };

        Assert.Equal(form, MetricsFormat.Choose(headers).ToString());
    }

    [Theory]
    [InlineData(null, PageFormat.Text)]
    [InlineData("application/json", PageFormat.Text)]
    [InlineData("application/json, application/openmetrics-text;q=0.1", PageFormat.OpenMetrics)]
    [InlineData("nonsense;;;", PageFormat.Text)]
    [InlineData(Prometheus3, PageFormat.OpenMetrics)]
    public void Page_that_is_never_json_is_text_unless_OpenMetrics_weighs_more(string? accept, PageFormat format)
    {
        var headers = new HeaderDictionary { ["Accept"] = accept };

        Assert.Equal(format, MetricsFormat.ChoosePage(headers));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("gzip", true)]
    [InlineData("GZip, deflate, br", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("*", true)]
    [InlineData("*;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("identity", false)]
    public void Page_is_compressed_when_that_is_accepted(string? encoding, bool gzip)
    {
        var headers = new HeaderDictionary { ["Accept-Encoding"] = encoding };

        Assert.Equal(gzip, MetricsFormat.AcceptsGzip(headers));
    }

    [Theory]
    [InlineData("10", 9.0)]
    [InlineData("0.5", 0.45)]
    [InlineData("1e1", 9.0)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e300", null)]
    [InlineData("1,5", null)]
    [InlineData("soon", null)]
    public void Deadline_is_nine_tenths_of_what_the_scraper_waits(string? header, double? seconds)
    {
        var headers = new HeaderDictionary { ["X-Prometheus-Scrape-Timeout-Seconds"] = header };

        Assert.Equal(seconds, ScrapeDeadline.LimitOf(headers)?.TotalSeconds);
    }
}

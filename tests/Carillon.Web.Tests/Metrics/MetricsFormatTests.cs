using Microsoft.AspNetCore.Http;

namespace Carillon.Web.Tests.Metrics;

public sealed class MetricsFormatTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json", true)]
    [InlineData("application/*", true)]
    [InlineData("application/json, */*", false)]
    [InlineData("application/json, */*;q=0.1", true)]
    [InlineData("application/json;q=0.5, text/plain;q=0.6", false)]
    [InlineData("application/json;q=0.6, text/plain;q=0.5", true)]
    [InlineData("application/json;q=0.7, text/*;q=0.6, */*;q=0.9", true)]
    [InlineData("text/plain;version=0.0.4;q=0.2, application/json;q=0.3", true)]
    [InlineData("text/plain;version=1.0.0, application/json;q=0.3", true)]
    [InlineData("text/plain;version=\"0.0.4\", application/json;q=0.9", false)]
    [InlineData("application/json;q=0, text/plain;q=0", false)]
    [InlineData("application/json;charset=utf-8", true)]
    [InlineData("application/json;charset=utf-16", false)]
    [InlineData("image/png", false)]
    [InlineData("nonsense;;;", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4,*/*;q=0.3", false)]
    public void Form_is_the_one_that_is_weighed_most_and_text_on_a_tie(string? accept, bool json)
    {
        var headers = new HeaderDictionary { ["Accept"] = accept };

        Assert.Equal(json, MetricsFormat.PrefersJson(headers));
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
}

using System.Net;
using System.Text.RegularExpressions;

namespace Carillon.Web.Tests.Dashboard;

public sealed partial class DashboardTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Page_holds_no_inline_code_and_allows_none()
    {
        using var response = await _host.GetAsync("/scheduler-monitoring");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), html);
    }

    [Fact]
    public async Task Every_address_in_the_page_is_relative_and_leads_to_something()
    {
        using var response = await _host.GetAsync("/scheduler-monitoring");
        var html = await response.Content.ReadAsStringAsync();
        var addresses = Address().Matches(html)
            .Select(static match => match.Groups["address"].Value)
            .Where(static address => !address.Equals("./", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(addresses);
        foreach (var address in addresses)
        {
            Assert.DoesNotMatch("^(/|[a-z]+:)", address);
            using var part = await _host.GetAsync("/" + address.Split('#')[0]);
            Assert.True(part.IsSuccessStatusCode, $"{address}: {part.StatusCode}");
        }
    }

    [Fact]
    public async Task Script_asks_only_for_elements_that_the_page_has_and_the_page_has_no_id_twice()
    {
        using var page = await _host.GetAsync("/scheduler-monitoring");
        using var part = await _host.GetAsync("/scheduler-monitoring/app.js");
        var there = Id().Matches(await page.Content.ReadAsStringAsync()).Select(static m => m.Groups["id"].Value).ToList();
        var asked = AskedId().Matches(await part.Content.ReadAsStringAsync()).Select(static m => m.Groups["id"].Value).ToList();

        Assert.Contains("pause-text", asked);
        Assert.Contains("resume", asked);
        Assert.Empty(asked.Except(there, StringComparer.Ordinal));
        Assert.Equal(there.Distinct(StringComparer.Ordinal), there);
    }

    [Theory]
    [InlineData("", "/scheduler-monitoring", "./")]
    [InlineData("", "/scheduler-monitoring/", "../")]
    [InlineData("/ops/carillon", "/ops/carillon/scheduler-monitoring", "./")]
    [InlineData("/ops/carillon", "/ops/carillon/scheduler-monitoring/", "../")]
    public async Task Base_leads_to_where_the_product_is_mounted(string prefix, string path, string baseAddress)
    {
        await using var host = await WebHost.StartAsync(
            fixture.Node.Context, map: app => app.MapCarillonWeb(prefix));

        using var response = await host.GetAsync(path);

        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<base href=\"{baseAddress}\">", html, StringComparison.Ordinal);
        var api = new Uri(new Uri(new Uri("http://localhost" + path), baseAddress), "api/v1/scheduler/status");
        using var status = await host.GetAsync(api.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }

    [Theory]
    [InlineData("", "/", "scheduler-monitoring")]
    [InlineData("/ops/carillon", "/ops/carillon", "carillon/scheduler-monitoring")]
    [InlineData("/ops/carillon", "/ops/carillon/", "scheduler-monitoring")]
    public async Task Root_leads_to_the_page_whatever_a_proxy_does_to_the_path(
        string prefix, string path, string location)
    {
        await using var host = await WebHost.StartAsync(
            fixture.Node.Context, map: app => app.MapCarillonWeb(prefix));

        using var response = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Part_that_has_not_changed_is_not_sent_again()
    {
        using var first = await _host.GetAsync("/scheduler-monitoring/app.js");
        var tag = first.Headers.ETag?.ToString() ?? string.Empty;

        using var second = await _host.GetAsync("/scheduler-monitoring/app.js", ("If-None-Match", tag));

        Assert.Equal("text/javascript; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [GeneratedRegex(@"<style|style=|<script(?![^>]* src=)|\son[a-z]+=|javascript:", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Inline();

    [GeneratedRegex("\\sid=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\b(byId|setText|showRows|on)\('(?<id>[^']+)'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AskedId();

    [GeneratedRegex("(href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Address();
}

using System.Net;

namespace Carillon.Web.Tests.Security;

public sealed class ForeignPageTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Create = "/api/v1/scheduler/jobs";
    private const string Delete = "/api/v1/scheduler/jobs/none";
    private readonly WebHost _host = fixture.Host;

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(" ")]
    public async Task Change_from_another_site_is_refused(string site)
    {
        await _host.ProblemAsync(HttpMethod.Post, Create, "{}", HttpStatusCode.Forbidden, ("Sec-Fetch-Site", site));
    }

    [Fact]
    public async Task Change_from_the_own_page_is_let_through()
    {
        var own = ("Sec-Fetch-Site", "same-origin");
        await _host.ProblemAsync(HttpMethod.Post, Create, "{}", HttpStatusCode.BadRequest, own);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("1,1")]
    public async Task Change_without_the_header_is_refused(string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Delete);
        if (value is not null)
        {
            request.Headers.Add("X-Carillon", value);
        }

        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    public async Task Change_with_another_content_type_is_refused(string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Create);
        request.Content = new ByteArrayContent("{}"u8.ToArray());
        request.Headers.Add("X-Carillon", "1");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Post_without_a_content_type_is_refused_and_delete_without_a_body_is_not()
    {
        await _host.ProblemAsync(HttpMethod.Post, Create, body: null, HttpStatusCode.UnsupportedMediaType);
        await _host.ProblemAsync(HttpMethod.Delete, Delete, body: null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_is_told_that_another_origin_may_read()
    {
        using var response = await _host.GetAsync("/api/v1/scheduler/status", ("Origin", "https://evil.example"));

        Assert.DoesNotContain(
            response.Headers, static h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}

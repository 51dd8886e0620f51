namespace Carillon.Scheduling.Tests.Executors;

public sealed class HttpStepTests
{
    [Theory]
    [InlineData(301, "POST", "GET", false)]
    [InlineData(302, "POST", "GET", false)]
    [InlineData(303, "POST", "GET", false)]
    [InlineData(303, "PUT", "GET", false)]
    [InlineData(303, "HEAD", "HEAD", true)]
    [InlineData(301, "PUT", "PUT", true)]
    [InlineData(307, "POST", "POST", true)]
    [InlineData(308, "DELETE", "DELETE", true)]
    public void Redirect_keeps_method_and_body_where_the_standard_says_so(int status, string method, string then, bool hasBody)
    {
        var step = new HttpStep(new Uri("http://a.example/x"), method, HasBody: true, IsSameOrigin: true);

        var next = step.After(status, new Uri("/y", UriKind.Relative));

        Assert.Equal(new HttpStep(new Uri("http://a.example/y"), then, hasBody, IsSameOrigin: true), next);
    }

    [Theory]
    [InlineData("http://a.example:80/y", true)]
    [InlineData("http://A.example/y", true)]
    [InlineData("https://a.example/y", false)]
    [InlineData("http://b.example/y", false)]
    [InlineData("http://a.example:8080/y", false)]
    public void Headers_of_the_job_stay_with_its_origin(string location, bool isSame)
    {
        var step = new HttpStep(new Uri("http://a.example/x"), "GET", HasBody: true, IsSameOrigin: true);

        Assert.Equal(isSame, step.After(302, new Uri(location))?.IsSameOrigin);
    }

    [Fact]
    public void Way_back_to_the_origin_does_not_bring_the_headers_back()
    {
        var step = new HttpStep(new Uri("http://b.example/"), "GET", HasBody: true, IsSameOrigin: false);

        Assert.False(step.After(302, new Uri("http://b.example/x"))?.IsSameOrigin);
    }

    [Theory]
    [InlineData(200, "https://a.example/y")]
    [InlineData(304, "https://a.example/y")]
    [InlineData(302, "http://a.example/y")] // in the clear
    [InlineData(302, "ftp://a.example/y")]
    [InlineData(302, "file:///etc/passwd")]
    [InlineData(302, null)]
    public void Other_answers_are_the_last_word(int status, string? location)
    {
        var step = new HttpStep(new Uri("https://a.example/x"), "GET", HasBody: true, IsSameOrigin: true);

        Assert.Null(step.After(status, location is null ? null : new Uri(location)));
    }
}

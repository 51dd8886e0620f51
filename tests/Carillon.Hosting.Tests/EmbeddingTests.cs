using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Hosting.Tests;

/// <summary>A node inside somebody else's ASP.NET Core app.</summary>
public sealed partial class EmbeddingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Class_jobs_and_functions_run_with_services_of_the_host()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static carillon => carillon
            .AddJob<NotingJob>("class-job", static job => job.Every(Soon).Category("samples"))
            .AddJob<Ledger>("function-job", static (ledger, context, _) => ledger.NoteAsync(context), static job => job.Every(Soon).Payload("""{"a":1}""")));

        var run = await app.Ledger.RunOfAsync("class-job");
        Assert.Equal(1, run.Attempt);
        Assert.Equal("""{"a":1}""", (await app.Ledger.RunOfAsync("function-job")).Payload);
        var services = (await app.GetAsync("services/list")).GetProperty("items").EnumerateArray();
        Assert.Equal(["class-job", "function-job"], services.Select(static s => s.EnumerateObject().First().Value.GetString()));
    }

    [Theory]
    [InlineData("/scheduler-monitoring", "text/html")]
    [InlineData("/api/v1/scheduler/status", "application/json")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/health/ready", "application/json")]
    [InlineData("/openapi/v1.json", "application/json")]
    public async Task Everything_lies_below_the_prefix(string path, string type)
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static carillon => carillon.AddJob<NotingJob>("idle", static _ => { }));

        using var below = await app.Http.GetAsync(new Uri(EmbeddingApp.Prefix + path, UriKind.Relative));
        using var beside = await app.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, below.StatusCode);
        Assert.Equal(type, below.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, beside.StatusCode);
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_there()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static carillon => carillon.AddJob<NotingJob>("idle", static _ => { }));
        var address = new Uri(app.Http.BaseAddress!, $"{EmbeddingApp.Prefix}/scheduler-monitoring");
        var html = await app.Http.GetStringAsync(address);
        var up = new Uri(address, Base().Match(html).Groups["url"].Value);
        var files = Files().Matches(html).Select(static m => m.Groups["url"].Value).ToArray();

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var answer = await app.Http.GetAsync(new Uri(up, file));
            Assert.True(answer.IsSuccessStatusCode, $"{file} is {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Policy_of_the_host_decides_who_may_call()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(
            directory.Path,
            static carillon => carillon.AddJob<NotingJob>("idle", static _ => { }),
            static services =>
            {
                services.AddAuthentication(HeaderAuthentication.Name).AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Name, null);
                services.AddAuthorizationBuilder().AddPolicy("ops", static policy => policy.RequireUserName("ann"));
            },
            static host => host.MapCarillon(EmbeddingApp.Prefix).RequireAuthorization("ops"));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, user: null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "bob"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "ann"));
    }

    [Fact]
    public async Task Tokens_of_the_settings_are_asked_for()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static carillon => carillon.Configure(static options =>
            options.Security = new Web.SecurityOptions
            {
                AllowAnonymousLoopback = false,
                Tokens = [new Web.TokenOptions { Name = "ann", Role = Web.Role.Viewer, Hash = Web.AccessToken.Hash("secret") }],
            }));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, user: null));
        app.Http.DefaultRequestHeaders.Add("Authorization", "Bearer secret");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, user: null));
    }

    [Fact]
    public async Task Stopping_the_app_waits_for_what_runs_and_records_its_end()
    {
        using var directory = new TemporaryDirectory();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Declare(CarillonBuilder carillon) => carillon.AddJob<Ledger>(
            "long",
            async (ledger, context, cancellationToken) =>
            {
                await ledger.NoteAsync(context);
                await release.Task.WaitAsync(cancellationToken);
            },
            static _ => { });
        await using (var app = await EmbeddingApp.StartAsync(directory.Path, Declare))
        {
            await app.TriggerAsync("long");
            await app.Ledger.RunOfAsync("long");

            var stopping = app.StopAsync();
            Assert.Equal(1, (await app.GetAsync("jobs/long/executions")).GetProperty("total").GetInt32()); // the server answers meanwhile
            Assert.False(stopping.IsCompleted);
            release.SetResult();
            await stopping;
        }

        await using var again = await EmbeddingApp.StartAsync(directory.Path, Declare);
        var execution = Assert.Single((await again.GetAsync("jobs/long/executions")).GetProperty("items").EnumerateArray());
        Assert.Equal("succeeded", execution.GetProperty("status").GetString());
    }

    private static async Task<HttpStatusCode> StatusAsync(EmbeddingApp app, string? user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{EmbeddingApp.Prefix}/api/v1/scheduler/status", UriKind.Relative));
        if (user is not null)
        {
            request.Headers.Add(HeaderAuthentication.Header, user);
        }

        using var answer = await app.Http.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("<base href=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Base();

    [GeneratedRegex("<(link|script|img)\\b[^>]*\\b(href|src)=\"(?<url>(?!data:)[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Files();
}

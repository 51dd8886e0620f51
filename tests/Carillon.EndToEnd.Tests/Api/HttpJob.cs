namespace Carillon.EndToEnd.Tests.Api;

/// <summary>A job that a node declares: a request at a fixed rate.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">What it calls.</param>
/// <param name="Every">Its interval, as HOCON writes it.</param>
/// <param name="Guarantee">What is promised when its node dies.</param>
/// <param name="More">More keys.</param>
internal sealed record HttpJob(string Id, string Url, string Every = "1s", string Guarantee = "at-least-once", string More = "")
{
    public const string AtMostOnce = "at-most-once";

    public static string Declare(IEnumerable<HttpJob> jobs)
    {
        var items = jobs.Select(static job =>
            $$"""{ id = {{job.Id}}, schedule { every = {{job.Every}} }, guarantee = {{job.Guarantee}}, run { type = http, url = "{{job.Url}}" }, {{job.More}} }""");
        return $"carillon.jobs = [\n{string.Join('\n', items)}\n]";
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Metrics;

namespace Carillon.EndToEnd.Tests.Api;

/// <summary>The HTTP API of a node, as a caller has it.</summary>
/// <param name="http">Who calls it.</param>
/// <param name="node">The base URL of the node; the client's own where none is given.</param>
internal sealed class SchedulerApi(HttpClient http, Uri? node = null)
{
    private const string Base = "api/v1/scheduler/";

    /// <summary>How answers are written.</summary>
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public HttpClient Http => http;

    /// <summary>The page of the whole cluster.</summary>
    public async Task<MetricsPage> MetricsAsync()
    {
        return MetricsPage.Parse(await http.GetStringAsync(At("metrics")));
    }

    /// <summary>The <c>data</c> of an answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        return JsonElement.Parse(await http.GetByteArrayAsync(At(Base + path))).GetProperty("data");
    }

    /// <summary>Sends a change, as every change must be sent.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string json = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(Base + path));
        request.Headers.Add("X-Carillon", "1");
        request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await http.SendAsync(request);
    }

    /// <summary>Every execution, or those of one job: all pages, in the order of the list.</summary>
    public async Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(string? job = null, int limit = 1_000, string filter = "")
    {
        var path = job is null ? "executions" : $"jobs/{job}/executions";
        var rows = new List<ExecutionRow>();
        string? cursor = null;
        do
        {
            var data = await GetAsync($"{path}?limit={limit}{filter}{(cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            rows.AddRange(data.GetProperty("items").Deserialize<ExecutionRow[]>(Json)!);
            cursor = data.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        return rows;
    }

    /// <summary>Pauses jobs and waits until nothing of any job is open.</summary>
    public async Task QuietenAsync(IEnumerable<string> jobs, TimeSpan limit)
    {
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (job, _) =>
        {
            using var answer = await PostAsync($"jobs/{job}/pause");
            answer.EnsureSuccessStatusCode();
        });
        var open = double.NaN;
        await Eventually.IsAsync(
            "nothing is open",
            limit,
            async () => (open = (await MetricsAsync()).Sum("scheduler_job_open")) == 0,
            () => $"Open are {open}.");
    }

    private Uri At(string path)
    {
        return node is null ? new Uri(path, UriKind.Relative) : new Uri(node, path);
    }
}

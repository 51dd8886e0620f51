using System.Buffers.Text;
using System.Text;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web;

/// <summary>Operations that the app has recorded.</summary>
internal static class OperationsEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 50;

    private static readonly QueryParameters ListParameters = new(
        new QueryParameter("q", "Only operations whose name contains this, whatever the case."),
        new QueryParameter("limit", "How many, 1 to 1,000. Default: 50."),
        new QueryParameter("cursor", "next_cursor of the page before."));

    private static readonly QueryParameters PeriodParameters = new(PeriodQuery.From, PeriodQuery.To);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/operations", ListAsync)
            .Answers<ListPage<OperationRow>>("Recorded operations by name, all of their labels together.")
            .Allow(Role.Viewer, ListParameters);
        api.MapGet("/operations/{operation}", ReadAsync)
            .Answers<OperationDocument>("One operation: counts, error types, retries, percentiles, by labels.")
            .Allow(Role.Viewer, PeriodParameters);
    }

    private static async Task<IResult> ListAsync(ApiRequest request)
    {
        var asOf = request.Node.Clock.Now();
        var text = request.Query.Text("q");
        var limit = request.Query.Number("limit", 1, MaxLimit, DefaultLimit);
        var after = request.Query.Text("cursor") is { } cursor ? NameOf(cursor) : null;
        var operations = (await request.Running.Operations.ReadAsync(request.Aborted))
            .Where(o => text is null || o.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .GroupBy(static o => o.Name, StringComparer.Ordinal)
            .OrderBy(static o => o.Key, StringComparer.Ordinal).ToArray();
        var page = operations.Where(o => after is null || string.CompareOrdinal(o.Key, after) > 0).Take(limit + 1).ToArray();
        var rows = page.Take(limit)
            .Select(static o => new OperationRow(o.Key, NamesOf(o), o.Count(), Sum(o.Select(static s => s.Totals)))).ToArray();
        var next = page.Length > limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rows[^1].Name)) : null;
        return Envelope<ListPage<OperationRow>>.Of(
            new ListPage<OperationRow>(rows, next, operations.Length, TotalIsExact: true, asOf));
    }

    private static async Task<IResult> ReadAsync(ApiRequest request)
    {
        // A slash in a name is the one character that the server leaves encoded.
        var name = (request.Http.GetRouteValue("operation") as string ?? "")
            .Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var asOf = request.Node.Clock.Now();
        var known = await request.Running.Operations.ReadAsync(name, request.Aborted);
        if (known.Count == 0)
        {
            throw RequestException.NotFound($"there is no operation '{StoredText.Clean(name, 80)}'");
        }

        if (request.Query.Text("from") is null && request.Query.Text("to") is null)
        {
            var all = known.ToDictionary(static o => o.Labels, static o => o.Totals);
            return Envelope<OperationDocument>.Of(
                Document(name, (request.Node.Generation.Newest.StartedAt, asOf), resolution: null, all));
        }

        var period = PeriodQuery.Read(request);
        var history = await request.Running.Operations.ReadAsync(name, known, period, request.Aborted);
        return Envelope<OperationDocument>.Of(Document(name, (period.From, period.To), period.Resolution, history.Series));
    }

    private static OperationDocument Document(
        string name,
        (DateTimeOffset From, DateTimeOffset To) period,
        RollupSpan? resolution,
        IReadOnlyDictionary<LabelSet, OperationTotals> series)
    {
        var names = OperationGroup.NamesOf(series.Keys);
        var documents = series
            .OrderByDescending(static s => s.Value.Calls).ThenBy(static s => s.Key.Id)
            .Select(s => new OperationSeriesDocument(
                OperationGroup.LabelsOf(s.Key, names).ToDictionary(static l => l.Name, static l => l.Value, StringComparer.Ordinal),
                s.Value));
        return new OperationDocument(
            name, period.From, period.To, resolution, new OperationFigures(Sum(series.Values)), [.. documents]);
    }

    private static IReadOnlyList<string> NamesOf(IEnumerable<OperationStatistics> operations)
    {
        return OperationGroup.NamesOf(operations.Select(static o => o.Labels));
    }

    private static OperationTotals Sum(IEnumerable<OperationTotals> parts)
    {
        var sum = new OperationTotals();
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    private static string NameOf(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            throw new InvalidCursorException(cursor);
        }
    }
}

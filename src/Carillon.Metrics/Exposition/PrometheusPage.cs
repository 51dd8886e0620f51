namespace Carillon.Metrics;

/// <summary>
/// Renders the statistics of the cluster in the Prometheus text format 0.0.4. One instance serves all requests of a
/// node, also at the same time, and keeps the label text of the jobs from page to page.
/// </summary>
/// <remarks>
/// Source of the format: https://prometheus.io/docs/instrumenting/exposition_formats/. Families are contiguous, HELP
/// and TYPE come once before their samples, bounds are written as <c>le="1.0"</c>, every known counter is there from 0,
/// and sums are exact: whole microseconds written as decimal seconds.
/// </remarks>
public sealed class PrometheusPage
{
    /// <summary>The content type of the page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly JobFamilies _jobs = new();

    /// <summary>Renders the whole page, so that a failure can still become an error instead of half a page.</summary>
    /// <returns>The page; the caller disposes it.</returns>
    public PageBuffer Render(ClusterSnapshot snapshot)
    {
        var buffer = new PageBuffer();
        try
        {
            var page = new PageWriter(buffer);
            ClusterFamilies.Write(page, snapshot);
            _jobs.Write(page, snapshot.Jobs);
            OperationFamilies.Write(page, snapshot.Series.Operations);
            InstrumentFamilies.Write(page, snapshot.Series.Instruments);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}

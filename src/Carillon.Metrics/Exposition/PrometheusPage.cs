namespace Carillon.Metrics;

/// <summary>
/// Renders the statistics of the cluster in the Prometheus text format 0.0.4 or as OpenMetrics 1.0. One instance serves
/// all requests of a node, also at the same time, and keeps the label text of the jobs from page to page.
/// </summary>
/// <remarks>
/// Source of the formats: https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://prometheus.io/docs/specs/om/open_metrics_spec/. Families are contiguous, their metadata comes once before
/// their samples, bounds are written as <c>le="1.0"</c>, every known counter is there from 0, and sums are exact: whole
/// microseconds written as decimal seconds.
/// </remarks>
public sealed class PrometheusPage
{
    private readonly JobFamilies _jobs = new();
    private readonly PageOptions _options;

    /// <summary>Makes pages.</summary>
    /// <param name="options">What they show; null for the defaults.</param>
    public PrometheusPage(PageOptions? options = null)
    {
        _options = options ?? new PageOptions();
    }

    /// <summary>The content type of a page.</summary>
    public static string ContentTypeOf(PageFormat format)
    {
        return format == PageFormat.OpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
    }

    /// <summary>Renders the whole page, so that a failure can still become an error instead of half a page.</summary>
    /// <param name="snapshot">What is shown.</param>
    /// <param name="format">In which form.</param>
    /// <param name="cancellationToken">Gives up; looked at between families.</param>
    /// <returns>The page; the caller disposes it.</returns>
    public PageBuffer Render(
        ClusterSnapshot snapshot,
        PageFormat format = PageFormat.Text,
        CancellationToken cancellationToken = default)
    {
        return PageBuffer.Fill(
            format,
            page => Write(page, snapshot),
            cancellationToken);
    }

    private void Write(PageWriter page, ClusterSnapshot snapshot)
    {
        ClusterFamilies.Write(page, snapshot, _options.Enabled);
        if (!_options.Enabled)
        {
            return;
        }

        TotalFamilies.Write(page, snapshot);
        _jobs.Write(page, snapshot.Jobs);
        OperationFamilies.Write(page, snapshot.Series.Operations);
        InstrumentFamilies.Write(page, snapshot.Series.Instruments);
        if (_options.LegacyNames.Contains(LegacyNames.Chronflow))
        {
            ChronflowFamilies.Write(page, snapshot);
        }

        if (_options.LegacyNames.Contains(LegacyNames.Celery))
        {
            CeleryFamilies.Write(page, snapshot);
        }
    }
}

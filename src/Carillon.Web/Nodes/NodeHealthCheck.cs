using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Carillon.Web;

/// <summary>
/// The health of the node for the health checks of the host app: the same as <c>GET /health</c>, with each dependency's
/// detail as data.
/// </summary>
public sealed class NodeHealthCheck : IHealthCheck
{
    private readonly NodeContextHolder _holder;

    /// <summary>Makes the check.</summary>
    /// <param name="holder">Where the node is, once it has started.</param>
    public NodeHealthCheck(NodeContextHolder holder)
    {
        _holder = holder;
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_holder.Running is not { } node)
        {
            return HealthCheckResult.Unhealthy("the node has not started");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, node.Ended);
        var report = await node.Health.CheckAsync(either.Token);
        var ill = report.Dependencies.Where(static d => d.Value.Status != HealthStatus.Healthy)
            .Select(static d => $"{d.Key}: {d.Value.Detail}");
        return new HealthCheckResult(
            report.Status switch
            {
                HealthStatus.Healthy => Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy,
                HealthStatus.Degraded => Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded,
                _ => Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy,
            },
            string.Join("; ", ill),
            data: report.Dependencies.ToDictionary(static d => d.Key, static d => (object)d.Value.Detail, StringComparer.Ordinal));
    }
}

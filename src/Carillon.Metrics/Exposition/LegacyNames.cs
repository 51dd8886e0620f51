namespace Carillon.Metrics;

/// <summary>
/// Sets of metric names of other products, for dashboards and alerts that were made for them. Most break the rules of
/// what they count, so their type is not promised: <c>untyped</c> in text, <c>unknown</c> in OpenMetrics.
/// </summary>
public enum LegacyNames
{
    /// <summary><c>chronflow_*</c>.</summary>
    Chronflow,

    /// <summary><c>celery_*</c>.</summary>
    Celery,
}

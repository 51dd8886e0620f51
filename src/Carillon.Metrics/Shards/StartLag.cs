using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>How late the attempts of one category started, for one cause of waiting.</summary>
/// <param name="Category">The category of the jobs; <c>unknown</c> for jobs without one.</param>
/// <param name="Cause">The longest wait of each of these starts.</param>
/// <param name="Lag">From due to started.</param>
public sealed record StartLag(string Category, WaitCause Cause, HistogramValues Lag);

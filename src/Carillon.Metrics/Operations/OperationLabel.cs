namespace Carillon.Metrics;

/// <summary>
/// One label of an operation, such as <c>("tenant", "acme")</c>. What Prometheus does not allow is cleaned when it is
/// recorded; see <see cref="LabelRules"/>.
/// </summary>
/// <param name="Name">The label's name.</param>
/// <param name="Value">Its value; an empty one is the same as no label.</param>
public readonly record struct OperationLabel(string Name, string? Value)
{
    /// <summary>A label from a pair.</summary>
    public static implicit operator OperationLabel((string Name, string? Value) pair)
    {
        return new OperationLabel(pair.Name, pair.Value);
    }
}

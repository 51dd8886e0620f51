using System.Text;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>The conditions of a list over rows e of <c>execution</c>, with their values.</summary>
internal sealed class SqliteFilter
{
    private readonly StringBuilder _conditions = new();
    private readonly List<object?> _values = [];

    /// <summary>Begins with <paramref name="condition"/> and adds the filters of <paramref name="query"/>.</summary>
    public SqliteFilter(string condition, ExecutionQuery query)
    {
        _conditions.Append(condition);
        AndIf("e.job_id = ", query.JobId);
        AndIf("e.scheduled_at >= ", query.From);
        AndIf("e.scheduled_at < ", query.To);
        AndIf("e.trigger_kind = ", (int?)query.Trigger);
        AndIf("(SELECT n.name FROM node n WHERE n.incarnation = e.node) = ", query.Node);
        AndIf("e.outcome = ", (int?)ExecutionFilter.OutcomeOf(query.Status));
        if (ExecutionFilter.WantsTrouble(query.Status))
        {
            And("e.outcome > 1");
        }

        if (query.Status is ExecutionStatus.Pending)
        {
            And("e.started_no IS NULL");
        }
        else if (query.Status is ExecutionStatus.Running)
        {
            And("e.started_no IS NOT NULL");
        }
    }

    /// <summary>The values, in the order of their places.</summary>
    public ReadOnlySpan<object?> Values => _values.ToArray();

    /// <summary>Adds a condition.</summary>
    public void And(string condition)
    {
        _conditions.Append(" AND ").Append(condition);
    }

    /// <summary>Adds a value; the answer is its place in the SQL.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return $"?{_values.Count}";
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return _conditions.ToString();
    }

    private void AndIf(string condition, object? value)
    {
        if (value is not null)
        {
            And(condition + Add(value));
        }
    }
}

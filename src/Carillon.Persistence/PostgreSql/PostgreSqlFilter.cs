using System.Text;
using Carillon.Scheduling;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>The conditions of a list over rows e of <c>execution</c>, with their parameters.</summary>
internal sealed class PostgreSqlFilter
{
    private readonly StringBuilder _conditions = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    /// <summary>Begins with <paramref name="condition"/> and adds the filters of <paramref name="query"/>.</summary>
    public PostgreSqlFilter(string condition, ExecutionQuery query)
    {
        _conditions.Append(condition);
        if (query.JobId is { } job)
        {
            And("e.job_id = $", job);
        }

        if (query.From is { } from)
        {
            And("e.scheduled_at >= $", from.ToUniversalTime());
        }

        if (query.To is { } to)
        {
            And("e.scheduled_at < $", to.ToUniversalTime());
        }

        if (query.Trigger is { } trigger)
        {
            And("e.trigger_kind = $", (short)trigger);
        }

        if (query.Node is { } node)
        {
            And("e.node IN (SELECT incarnation FROM node WHERE name = $", node).Close();
        }

        AndStatus(query.Status);
    }

    /// <summary>Adds a condition that ends where its one value stands.</summary>
    public PostgreSqlFilter And<T>(string condition, T value)
    {
        _conditions.Append(" AND ").Append(condition, 0, condition.Length - 1).Append(Add(value));
        return this;
    }

    /// <summary>Adds a condition without a value.</summary>
    public PostgreSqlFilter And(string condition)
    {
        _conditions.Append(" AND ").Append(condition);
        return this;
    }

    /// <summary>Adds a value; the answer is its place in the SQL.</summary>
    public string Add<T>(T value)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return $"${_parameters.Count}";
    }

    /// <summary>The command <paramref name="before"/> WHERE conditions <paramref name="after"/>.</summary>
    public NpgsqlCommand Command(NpgsqlDataSource source, string before, string after)
    {
        var command = source.CreateCommand($"{before} WHERE {_conditions} {after}");
        command.Parameters.AddRange(_parameters.ToArray());
        return command;
    }

    private void Close()
    {
        _conditions.Append(')');
    }

    private void AndStatus(ExecutionStatus? status)
    {
        if (ExecutionFilter.OutcomeOf(status) is { } outcome)
        {
            And("e.outcome = $", (short)outcome);
            if (ExecutionFilter.WantsTrouble(status))
            {
                And("e.outcome > 1");
            }
        }
        else if (status is ExecutionStatus.Pending)
        {
            And("e.started_no IS NULL");
        }
        else if (status is ExecutionStatus.Running)
        {
            And("e.started_no IS NOT NULL");
        }
    }
}

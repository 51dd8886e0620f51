using System.Reflection;
using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Hosting;

/// <summary>A class or a method with a schedule of its own: what is wrong with it, and the job it stands for.</summary>
internal sealed class AttributeJob
{
    private const string AsyncSuffix = "Async";
    private static readonly Type[] Returned = [typeof(void), typeof(Task), typeof(ValueTask)];

    private readonly MemberInfo _member;
    private readonly Type _type;
    private readonly ScheduleAttribute[] _attributes;

    private AttributeJob(MemberInfo member, Type type)
    {
        _member = member;
        _type = type;
        _attributes = [.. member.GetCustomAttributes<ScheduleAttribute>(inherit: false)];
        Id = _attributes is [{ Id: { } id }, ..] ? id : NameOf(member, type);
    }

    /// <summary>The job's id.</summary>
    public string Id { get; }

    /// <summary>How a person finds the place in the code.</summary>
    public string Place
    {
        get
        {
            var attribute = _attributes[0].GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
            return _member is Type ? $"{attribute} on {_type.FullName}" : $"{attribute} on {_type.FullName}.{_member.Name}";
        }
    }

    /// <summary>The jobs of some types, in the order of their names.</summary>
    public static IEnumerable<AttributeJob> Of(IEnumerable<Type> types)
    {
        return types
            .OrderBy(static t => t.FullName, StringComparer.Ordinal)
            .SelectMany(static t => MembersOf(t).Select(member => new AttributeJob(member, t)))
            .Where(static j => j._attributes.Length > 0);
    }

    private static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return [type, .. type.GetMethods(Own).OrderBy(static m => m.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with the code, or null.</summary>
    public string? Problem()
    {
        if (_attributes.Length > 1)
        {
            return "it has several schedules: write one";
        }

        if (_type.ContainsGenericParameters)
        {
            return "a generic class cannot be made: put it on a class that names its types";
        }

        return _member is MethodInfo method ? ProblemOf(method) : ProblemOfClass();
    }

    /// <summary>The definition.</summary>
    /// <exception cref="FormatException">The schedule is not one.</exception>
    public JobDefinition Definition()
    {
        return new JobDefinition
        {
            Id = Id,
            Category = _attributes[0].Category,
            Owner = _attributes[0].Owner,
            Schedule = _attributes[0].ToSchedule(),
            Run = new ClassRun { Class = Id },
        };
    }

    /// <summary>Registers the code under the id.</summary>
    public void Register(JobClasses classes)
    {
        switch (_member)
        {
            case MethodInfo { IsStatic: true } method:
                classes.Add(Id, (context, cancellationToken) => CallAsync(method, null, context, cancellationToken));
                break;
            case MethodInfo method:
                classes.Add(Id, _type, (job, context, cancellationToken) => CallAsync(method, job, context, cancellationToken));
                break;
            default:
                classes.Add(
                    Id, _type, static (job, context, cancellationToken) => ((IJob)job).ExecuteAsync(context, cancellationToken));
                break;
        }
    }

    private string? ProblemOfClass()
    {
        return !typeof(IJob).IsAssignableFrom(_type)
            ? "the class is no IJob: implement it, or put the schedule on a method"
            : _type.IsAbstract ? "an abstract class cannot be made: put it on a class that can"
            : null;
    }

    private string? ProblemOf(MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
        {
            return "a generic method cannot be called: put it on one that names its types";
        }

        if (!method.IsStatic && _type.IsAbstract)
        {
            return "an abstract class cannot be made: put it on a class that can, or make the method static";
        }

        if (!Returned.Contains(method.ReturnType))
        {
            return $"it returns {method.ReturnType.Name}: void, Task or ValueTask is allowed";
        }

        return Array.Find(method.GetParameters(), static p => !IsSupported(p.ParameterType)) is { } parameter
            ? $"parameter '{parameter.Name}' is a {parameter.ParameterType.Name}: "
                + "JobContext, CancellationToken and services of the host are allowed"
            : null;
    }

    private static bool IsSupported(Type type)
    {
        var isService = !type.IsValueType && !type.IsByRef && !type.IsPointer && type != typeof(string);
        return isService || type == typeof(CancellationToken);
    }

    private static Task CallAsync(
        MethodInfo method, object? target, JobContext context, CancellationToken cancellationToken)
    {
        var arguments = Array.ConvertAll(
            method.GetParameters(),
            p => p.ParameterType == typeof(JobContext) ? context
                : p.ParameterType == typeof(CancellationToken) ? cancellationToken
                : context.Services.GetRequiredService(p.ParameterType));
        return method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null) switch
        {
            Task task => task,
            ValueTask task => task.AsTask(),
            _ => Task.CompletedTask,
        };
    }

    private static string NameOf(MemberInfo member, Type type)
    {
        var name = Kebab(type.Name);
        return member is Type ? name : $"{name}.{Kebab(WithoutSuffix(member.Name))}";
    }

    private static string WithoutSuffix(string name)
    {
        return name.Length > AsyncSuffix.Length && name.EndsWith(AsyncSuffix, StringComparison.Ordinal)
            ? name[..^AsyncSuffix.Length]
            : name;
    }

    private static string Kebab(string name)
    {
        return JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }
}

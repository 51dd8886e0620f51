using System.Text.Json.Serialization;

namespace Carillon.Model;

/// <summary>What a job runs. The kind is chosen by <c>type</c>: <c>http</c>, <c>process</c> or <c>class</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HttpRun), "http")]
[JsonDerivedType(typeof(ProcessRun), "process")]
[JsonDerivedType(typeof(ClassRun), "class")]
public abstract record RunSpec;

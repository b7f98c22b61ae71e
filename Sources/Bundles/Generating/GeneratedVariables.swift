/// The variables that Proton declared beside a bundle's Terraform files, as it laid them out.
enum GeneratedVariables {
    /// `proton.<kind>.variables.tf`
    static func fileName(of part: Bundle.Part) -> String { "proton.\(kind(of: part)).variables.tf" }

    static func text(of part: Bundle.Part) -> String {
        declarations(of: part).map { $0 + "\n" }.joined(separator: "\n")
    }

    /// The word for a part in the names of files.
    static func kind(of part: Bundle.Part) -> String {
        switch part {
        case .environment: "environment"
        case .instance: "service_instance"
        case .pipeline: "pipeline"
        case .component: "component"
        }
    }

    private static func declarations(of part: Bundle.Part) -> [String] {
        switch part {
        case .environment: [ownEnvironment, tags]
        case .instance: [environment(isOptional: true), service(isOptional: false), instance, tags]
        case .pipeline: [instances, service(isOptional: true), pipeline, tags]
        case .component: [component, environment(isOptional: false), componentService, componentInstance, tags]
        }
    }

    private static let ownEnvironment = """
        variable "environment" {
          type = object({
            inputs = any
            name   = string
          })
          default = null
        }
        """

    private static func environment(isOptional: Bool) -> String {
        """
        variable "environment" {
          type = object({
            account_id = string
            name       = string
            outputs    = map(string)
          })\(isOptional ? "\n  default = null" : "")
        }
        """
    }

    private static func service(isOptional: Bool) -> String {
        """
        variable "service" {
          type = object({
            name                      = string
            branch_name               = string
            repository_connection_arn = string
            repository_id             = string
          })\(isOptional ? "\n  default = null" : "")
        }
        """
    }

    private static let instance = """
        variable "service_instance" {
          type = object({
            name       = string
            inputs     = any
            components = map(any)
          })
          default = null
        }
        """

    private static let instances = """
        variable "service_instances" {
          type = list(
            object({
              name    = string
              inputs  = any
              outputs = map(string)
              environment = object({
                account_id = string
                name       = string
                outputs    = map(string)
              })
            })
          )
        }
        """

    private static let pipeline = """
        variable "pipeline" {
          type = object({
            inputs = any
          })
          default = null
        }
        """

    private static let component = """
        variable "component" {
          type = object({
            name = string
          })
        }
        """

    /// The odd indents are Proton's.
    private static let componentService = """
        variable "service" {
           type = object({
             name = string
           })
           default = null
        }
        """

    private static let componentInstance = """
        variable "service_instance" {
          type = object({
            name   = string
            inputs = any
          })
          default = null
        }
        """

    private static let tags = """
        variable "proton_tags" {
          type    = map(string)
          default = null
        }
        """
}

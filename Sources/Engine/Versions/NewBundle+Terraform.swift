/// The resources of a new bundle in Terraform. Files are copied as they are; values come in by variables, whose
/// declarations are made beside them.
extension NewBundle {
    private static let terraformManifest = """
        infrastructure:
          templates:
            - file: "*"
              rendering_engine: hcl
              template_language: terraform

        """

    /// Which provider, and with which tags; region and credentials are those of whoever applies it.
    private static let provider = """
        terraform {
          required_version = ">= 1.3"

          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = ">= 5.0"
            }
          }
        }

        # Region and credentials come from whoever applies it.
        provider "aws" {
          default_tags {
            tags = var.proton_tags
          }
        }

        """

    static var terraformBucket: [File] {
        [
            ("infrastructure/manifest.yaml", terraformManifest), ("infrastructure/provider.tf", provider),
            (
                "infrastructure/main.tf",
                """
                resource "aws_s3_bucket" "shared" {
                  tags = {
                    Name = var.environment.name
                  }
                }

                resource "aws_s3_bucket_public_access_block" "shared" {
                  bucket = aws_s3_bucket.shared.id

                  block_public_acls       = true
                  block_public_policy     = true
                  ignore_public_acls      = true
                  restrict_public_buckets = true
                }

                resource "aws_s3_bucket_versioning" "shared" {
                  bucket = aws_s3_bucket.shared.id

                  versioning_configuration {
                    status = var.environment.inputs.versioned ? "Enabled" : "Suspended"
                  }
                }

                resource "aws_s3_bucket_lifecycle_configuration" "shared" {
                  bucket = aws_s3_bucket.shared.id

                  rule {
                    id     = "expire"
                    status = "Enabled"

                    filter {}

                    expiration {
                      days = var.environment.inputs.retention_days
                    }
                  }
                }

                """
            ),
            (
                "infrastructure/outputs.tf",
                """
                output "BucketName" {
                  description = "The bucket's name, for services"
                  value       = aws_s3_bucket.shared.id
                }

                """
            ),
        ]
    }

    static var terraformQueue: [File] {
        [
            ("instance_infrastructure/manifest.yaml", terraformManifest),
            ("instance_infrastructure/provider.tf", provider),
            (
                "instance_infrastructure/main.tf",
                """
                resource "aws_sqs_queue" "rejected" {
                  message_retention_seconds = 1209600
                  sqs_managed_sse_enabled   = true
                }

                resource "aws_sqs_queue" "work" {
                  visibility_timeout_seconds = var.service_instance.inputs.visibility_seconds
                  sqs_managed_sse_enabled    = true

                  redrive_policy = jsonencode({
                    deadLetterTargetArn = aws_sqs_queue.rejected.arn
                    maxReceiveCount     = var.service_instance.inputs.attempts
                  })

                  tags = {
                    Name        = "${var.service.name}-${var.service_instance.name}"
                    Environment = var.environment.name
                  }
                }

                """
            ),
            (
                "instance_infrastructure/outputs.tf",
                """
                output "QueueUrl" {
                  description = "Where workers fetch messages"
                  value       = aws_sqs_queue.work.url
                }

                """
            ),
        ]
    }

    static let terraformComponent: [File] = [
        ("manifest.yaml", terraformManifest.replacing("\"*\"", with: "main.tf")),
        (
            "main.tf",
            """
            terraform {
              required_version = ">= 1.3"

              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 5.0"
                }
              }
            }

            # Region and credentials come from whoever applies it.
            provider "aws" {}

            resource "aws_sqs_queue" "queue" {
              sqs_managed_sse_enabled = true

              tags = {
                Name = "${var.environment.name}-${var.component.name}"
              }
            }

            output "QueueUrl" {
              description = "Where messages are sent to"
              value       = aws_sqs_queue.queue.url
            }

            output "QueueArn" {
              description = "The queue's ARN"
              value       = aws_sqs_queue.queue.arn
            }

            """
        ),
    ]
}
